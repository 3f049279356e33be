import { createConnection } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { freePort, isBefore, startApp, target, useApp } from "#testkit";

const app = useApp();

if (isBefore("05")) {
  test("GET / answers hello, with the version", async () => {
    const answer = await app.get("/");
    expect(answer).toMatchObject({ status: 200, type: "text/plain" });
    expect(answer.text).toBe(`hello, this is a chat app! (version ${target().step})`);
  });
}

test("an unknown page answers 404", async () => {
  expect(await app.get("/no-such-page")).toMatchObject({ status: 404 });
});

const accepts = (host: string, port: number) =>
  new Promise((resolve) => {
    const socket = createConnection(port, host);
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });

test("it listens on 127.0.0.1 alone", async () => {
  expect(await accepts("127.0.0.2", app.running().port)).toBe(false);
});

// macOS has no 127.0.0.2.
test.skipIf(process.platform === "darwin")("HOST gives another address", async () => {
  const port = await freePort();
  const other = await startApp(target().folder, { port, env: { HOST: "127.0.0.2" } });
  try {
    expect(await accepts("127.0.0.2", port)).toBe(true);
    expect(await accepts("127.0.0.1", port)).toBe(false);
  } finally {
    await other.stop();
  }
});

const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
test.skipIf(!addresses.some(({ address }) => address === "::1"))(
  "HOST=::1 is an address, too, and stands in brackets where the app prints its own",
  async () => {
    const port = await freePort();
    const other = await startApp(target().folder, { port, env: { HOST: "::1" } });
    try {
      expect(await accepts("::1", port)).toBe(true);
      expect(other.log()).not.toContain("//::1");
    } finally {
      await other.stop();
    }
  },
);

test("without PORT it takes 5001, or says that it is busy", async () => {
  const start = { port: 5001, env: { PORT: undefined } };
  const said = await startApp(target().folder, start).then(
    (other) => other.stop(),
    (error) => String(error),
  );
  if (said === undefined) return;
  expect(said).toContain("5001");
  expect(said, "the port without PORT").not.toContain("instead of the one");
});

test("a busy port ends it with one line that names the port, and exit code 1", async () => {
  const { exitCode, stderr } = await app.running().startAgain();
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain(String(app.running().port));
  expect(exitCode).toBe(1);
});

/** Starts the app in each of these ways: it has to end, with one line and exit code 1. */
const refusals = (name: string, values: readonly string[]) =>
  Promise.all(
    values.map(async (value) => {
      const port = String(await freePort());
      const { exitCode, stderr } = await app.running().startAgain({ PORT: port, [name]: value });
      const lines = stderr.trim().split("\n");
      expect({ exitCode, lines }, `${name}=${value}`).toEqual({
        exitCode: 1,
        lines: [expect.any(String)],
      });
      return { value, line: stderr };
    }),
  );

test("a PORT that is no port ends it with one line that names the value, and exit code 1", async () => {
  // A port that is free but for its fraction, which an app might cut off.
  const fraction = `${await freePort()}.5`;
  for (const { value, line } of await refusals("PORT", ["abc", "0", "70000", "-1", fraction]))
    expect(line, `PORT=${value}`).toContain(value);
});

test("a HOST that is not found, or not of this machine, ends it with one line and exit code 1, and is not called a busy port", async () => {
  // 192.0.2.1 is set aside for examples; a name with spaces is refused before anybody is asked.
  for (const { value, line } of await refusals("HOST", ["192.0.2.1", "no such host"]))
    expect(line, `HOST=${value}`).not.toMatch(/in use|busy/i);
});
