import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { target } from "#testkit";
import { someWord } from "../helpers.ts";

/** A module of the app under test, as it is exported for others. */
const load = (name: string) => import(join(target().folder, "lib", name));

test("openNotes keeps notes in any database that it is handed", async () => {
  const { openNotes } = await load("notes.ts");
  const { insertNote, listNotes } = openNotes(new Database(":memory:"));
  const note = { author: someWord(), text: someWord() };
  insertNote.all(note);
  expect(listNotes.all()).toEqual([{ id: 1, ...note }]);
});

test("openSession gives each guest a token of its own, and nameOf knows it", async () => {
  const { openSession, nameOf } = await load("sessions.ts");
  const [one, other] = [someWord(), someWord()];
  const tokens = [openSession(one), openSession(other), openSession(one)];
  expect(new Set(tokens).size).toBe(3);
  expect(tokens.map((token) => nameOf(`Bearer ${token}`))).toEqual([one, other, one]);
  expect(nameOf(`Bearer ${someWord()}`)).toBeUndefined();
  expect(nameOf()).toBeUndefined();
});
