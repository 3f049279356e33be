import { expect, test } from "vitest";
import { useApp } from "#testkit";

const app = useApp();

test("the database has a table users with id, name, email, nickname", () => {
  const columns = app.database().pragma("table_info(users)") as { name: string; pk: number }[];
  const names = columns.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["id", "name", "email", "nickname"]));
  expect(columns.filter(({ pk }) => pk > 0).map(({ name }) => name)).toEqual(["id"]);
});

test("no two users have the same nickname", () => {
  const insert = app
    .database()
    .prepare("INSERT INTO users (name, email, nickname) VALUES ('A', 'a@foo.com', 'same')");
  insert.run();
  expect(() => insert.run()).toThrow("UNIQUE");
});
