import { createConnection } from "node:net";
import { expect, test } from "vitest";
import { eventually, freePort, isBefore, startApp, target, useApp } from "#testkit";

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

test("without PORT it takes 5001, or says that it is busy", async () => {
  const other = await startApp(target().folder, { port: 5001, env: { PORT: undefined } }).catch(
    (error) => ({ log: () => String(error), stop: () => {} }),
  );
  try {
    await eventually(other.log).toContain("5001");
    expect(other.log(), "the port without PORT").not.toContain("instead of the one");
  } finally {
    await other.stop();
  }
});

test("a busy port ends it with one line that names the port, and exit code 1", async () => {
  const { exitCode, stderr } = await app.running().startAgain();
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain(String(app.running().port));
  expect(exitCode).toBe(1);
});
