import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { fixDates } from "./fixed-dates.ts";

/** A database as a running step has it open. */
function makeDatabase(date: string): { file: string; database: DatabaseSync } {
  const folder = mkdtempSync(join(tmpdir(), "dates-"));
  const file = join(folder, "chat.db");
  const database = new DatabaseSync(file);
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  database.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE messages (id INTEGER PRIMARY KEY, content TEXT, date TEXT NOT NULL ${date}) STRICT`);
  return { file, database };
}

const NOW = "DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))";

test("what is stored gets dates in its order, and what a prepared statement stores later, the last", () => {
  const { file, database } = makeDatabase(NOW);
  const insert = database.prepare("INSERT INTO messages (content) VALUES (?) RETURNING date");
  for (const content of ["one", "two"]) insert.all(content);
  fixDates(file);
  expect(insert.all("three")).toEqual([{ date: "2026-03-05T14:32:00.000Z" }]);
  expect(database.prepare("SELECT content, date FROM messages ORDER BY id").all()).toEqual([
    { content: "one", date: "2026-03-05T14:28:00.000Z" },
    { content: "two", date: "2026-03-05T14:30:00.000Z" },
    { content: "three", date: "2026-03-05T14:32:00.000Z" },
  ]);
  expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
});

test("a table that takes its dates from elsewhere is an error, and no picture of today", () => {
  const { file } = makeDatabase("");
  expect(() => fixDates(file)).toThrow("the table messages does not ask SQLite for 'now'");
});
