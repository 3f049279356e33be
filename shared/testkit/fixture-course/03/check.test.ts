import { expect, test } from "vitest";
import { ask, browserTest, eventually, SocketRefused, useApp } from "#testkit";
import { someGuest, someWord, writeNote } from "../helpers.ts";

const app = useApp();

test("a note reaches every socket under /live, as POST answers it", async () => {
  const { token } = await someGuest(app);
  const sockets = [await app.socket(), await app.socket()];
  const heard: unknown[] = [];
  for (const socket of sockets) socket.on("note", (note) => heard.push(note));
  const { json } = await writeNote(app, someWord(), token);
  await eventually(() => heard).toEqual([json, json]);
});

test("a socket is who its cookie says", async () => {
  const guest = app.visitor();
  const { json } = await guest.post("/sessions", { name: `Dora ${someWord()}` });
  expect(await guest.cookie("session")).toBe(json.token);
  expect(await ask(await guest.socket(), "who")).toEqual({ name: json.name });
  const stranger = app.visitor();
  expect(await ask(await stranger.socket(), "who")).toEqual({ error: expect.any(String) });
});

test("POST /sessions sets the cookie, which no script can read", async () => {
  const answer = await app.post("/sessions", { name: "Dora" });
  const cookie = answer.headers.get("set-cookie");
  expect(cookie).toContain(`session=${answer.json.token}`);
  expect(cookie).toMatch(/HttpOnly/i);
});

test("a page of another site may not open a socket", async () => {
  const headers = { origin: "http://evil.example" };
  await expect(app.socket({ headers })).rejects.toThrow(SocketRefused);
});

browserTest("an open page shows a note the moment it is written", async () => {
  const { token } = await someGuest(app);
  const page = await app.page("/board");
  const text = `<i>${someWord()}</i>`;
  // Written again until the page listens.
  await eventually(async () => {
    await writeNote(app, text, token);
    return page.locator("#notes").innerText();
  }).toContain(text);
});
