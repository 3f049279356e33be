import { createConnection } from "node:net";
import { expect, test } from "vitest";
import { isBefore, target, useApp } from "#testkit";

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

test("it listens on 127.0.0.1 alone", async () => {
  const connected = await new Promise((resolve) => {
    const socket = createConnection(app.running().port, "127.0.0.2");
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
  expect(connected).toBe(false);
});

test("a busy port ends it with one line that names the port, and exit code 1", async () => {
  const { exitCode, stderr } = await app.running().startAgain();
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain(String(app.running().port));
  expect(exitCode).toBe(1);
});
