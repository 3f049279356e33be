import { expect, test } from "vitest";
import { useApp } from "#testkit";
import { aliceBobAndCharlie, someUser, strangeUser } from "../helpers.ts";

const app = useApp();
const [alice, bob] = aliceBobAndCharlie;

test("GET /api/users answers an empty list while there is nobody", async () => {
  const answer = await app.get("/api/users");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual([]);
});

test("GET /api/users lists all users by id, whatever their names, and whoever put them into the database", async () => {
  const posted = [bob, strangeUser(), alice, someUser({ name: "Alice Caroll" }), strangeUser()];
  for (const user of posted) await app.post("/api/users", user);
  const expected = posted.map((user, index) => ({ id: index + 1, ...user }));
  expect((await app.get("/api/users")).json).toEqual(expected);

  const database = app.database();
  const insert = database.prepare(
    "INSERT INTO users (name, email, nickname) VALUES (@name, @email, @nickname)",
  );
  database.transaction(() => {
    for (let number = 120; number > 0; number--) {
      const user = someUser({ nickname: `user-${number}` });
      expected.push({ id: Number(insert.run(user).lastInsertRowid), ...user });
    }
  })();
  const answer = await app.get("/api/users");
  expect(answer.json.map(({ id }: { id: number }) => id)).toEqual(expected.map(({ id }) => id));
  expect(answer.json).toEqual(expected);
});

test("GET /api/users answers while another program holds a lock", async () => {
  app.database().exec("BEGIN IMMEDIATE");
  expect((await app.get("/api/users")).status).toBe(200);
});

test("the users are still there after a restart", async () => {
  const before = (await app.get("/api/users")).json;
  expect(before.length).toBeGreaterThan(0);
  await app.running().restart();
  expect((await app.get("/api/users")).json).toEqual(before);
});
