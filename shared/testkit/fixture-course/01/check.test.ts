import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { request, target, useApp } from "#testkit";
import { someGuest, someWord, writeNote } from "../helpers.ts";

const app = useApp();

test("GET /about answers the version", async () => {
  expect((await app.get("/about")).json).toEqual({ version: target().step });
});

test("who began a session writes notes, and everybody reads them", async () => {
  const { name, token } = await someGuest(app);
  const text = `the "cake" of ${someWord()} & co`;
  const answer = await writeNote(app, text, token);
  expect(answer).toMatchObject({ status: 201, json: { author: name, text } });
  expect((await app.get("/notes")).json).toContainEqual(answer.json);
});

test("notes are in tiny.db, and outlive the app; sessions do not", async () => {
  const { token } = await someGuest(app);
  const { json } = await writeNote(app, someWord(), token);
  const rows = app.database().prepare("SELECT * FROM notes").all();
  expect(rows).toContainEqual(json);
  await app.running().restart();
  expect((await app.get("/notes")).json).toContainEqual(json);
  expect(await writeNote(app, someWord(), token)).toMatchObject({ status: 401 });
});

test("another server on the same data finds what this one has kept", async () => {
  const { token } = await someGuest(app);
  const { json } = await writeNote(app, someWord(), token);
  const { url } = await app.another();
  expect((await request(`${url}/notes`)).json).toContainEqual(json);
});

test("a note without a session, or without a text, is refused and not kept", async () => {
  const { token } = await someGuest(app);
  const before = (await app.get("/notes")).json;
  expect(await writeNote(app, "nobody")).toMatchObject({ status: 401 });
  expect(await writeNote(app, "a stranger", someWord())).toMatchObject({ status: 401 });
  const { status, json } = await writeNote(app, " ", token);
  expect({ status, json }).toEqual({ status: 422, json: { error: "text: must not be empty" } });
  expect((await app.get("/notes")).json).toEqual(before);
});

test("the page /board shows each note as text", async () => {
  const { name, token } = await someGuest(app);
  const text = `<b class="evil">${someWord()}</b>`;
  await writeNote(app, text, token);
  const page = parse((await app.get("/board")).text);
  const rows = page.querySelectorAll("#notes li").map((row) => row.text);
  expect(rows).toContainEqual(expect.stringContaining(name));
  expect(rows.some((row) => row.includes(text))).toBe(true);
  expect(page.querySelector(".evil")).toBeNull();
});
