import { expect, test } from "vitest";
import { useApp } from "#testkit";

const app = useApp();
const columns = () =>
  app.database().pragma("table_info(messages)") as { name: string; type: string }[];

test("the database has a table messages with id, content, author_id, recipient_id, date", () => {
  expect(columns().map(({ name }) => name)).toEqual(
    expect.arrayContaining(["id", "content", "author_id", "recipient_id", "date"]),
  );
});

test("author_id and recipient_id both reference users", () => {
  const keys = app.database().pragma("foreign_key_list(messages)") as Record<string, string>[];
  const references = keys.map(({ from, table, to }) => `${from} -> ${table}.${to ?? "id"}`).sort();
  expect(references).toEqual(["author_id -> users.id", "recipient_id -> users.id"]);
});

test("the database gives each message an id, and keeps it when the app is started again", async () => {
  const user = { name: "Ivo Řehoř", email: "ivo@example.cz", nickname: "ivo" };
  const { id } = (await app.post("/api/users", user)).json;
  const isNumber = /INT|REAL/i.test(columns().find(({ name }) => name === "date")?.type ?? "");
  const date = isNumber ? 0 : "2024-02-29T12:00:00.000Z";
  const insert = app
    .database()
    .prepare("INSERT INTO messages (content, author_id, recipient_id, date) VALUES (?, ?, ?, ?)");
  for (const content of ["one", "two"]) insert.run(content, id, id, date);
  await app.running().restart();
  const rows = app.database().prepare("SELECT id, content FROM messages ORDER BY id").all();
  expect(rows).toEqual([
    { id: 1, content: "one" },
    { id: 2, content: "two" },
  ]);
});
