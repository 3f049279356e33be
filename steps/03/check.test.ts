import { expect, test } from "vitest";
import { aliceBobAndCharlie, useApp } from "#testkit";

const app = useApp();

test("GET /api/users answers an empty list while there is nobody", async () => {
  const answer = await app.get("/api/users");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual([]);
});

test("GET /api/users lists all users by id, whatever their names", async () => {
  const more = Array.from({ length: 30 }, (_, index) => {
    const nickname = `user-${30 - index}`;
    return { name: nickname, email: `${nickname}@foo.com`, nickname };
  });
  const users = [...aliceBobAndCharlie, ...more];
  for (const user of users) await app.post("/api/users", user);
  const answer = await app.get("/api/users");
  expect(answer.json).toEqual(users.map((user, index) => ({ id: index + 1, ...user })));
});

test("the users are still there after a restart", async () => {
  const before = (await app.get("/api/users")).json;
  expect(before.length).toBeGreaterThan(0);
  await app.running().restart();
  expect((await app.get("/api/users")).json).toEqual(before);
});
