import { expect, test } from "vitest";
import { aliceBobAndCharlie, useApp } from "#testkit";

const app = useApp();

test("GET /api/users answers an empty list while there is nobody", async () => {
  const answer = await app.get("/api/users");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual([]);
});

test("GET /api/users lists the users by id", async () => {
  await app.addUsers();
  const answer = await app.get("/api/users");
  expect(answer.json).toEqual(
    aliceBobAndCharlie.map((user, index) => ({ id: index + 1, ...user })),
  );
});
