import { expect, test } from "vitest";
import { useApp } from "#testkit";

const app = useApp();

test("the database has a table messages with id, content, author_id, recipient_id, date", () => {
  const columns = app.database().pragma("table_info(messages)") as { name: string }[];
  expect(columns.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["id", "content", "author_id", "recipient_id", "date"]),
  );
});

test("author_id and recipient_id both reference users", () => {
  const keys = app.database().pragma("foreign_key_list(messages)") as Record<string, string>[];
  const references = keys.map(({ from, table, to }) => `${from} -> ${table}.${to ?? "id"}`).sort();
  expect(references).toEqual(["author_id -> users.id", "recipient_id -> users.id"]);
});
