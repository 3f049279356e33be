import { expect, test } from "vitest";
import { aliceBobAndCharlie, useApp } from "#testkit";

const app = useApp();

test("GET /api/users/<user_id> answers that user", async () => {
  await app.addUsers();
  const answer = await app.get("/api/users/2");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ id: 2, ...aliceBobAndCharlie[1] });
});

test.for(["4", "0", "-1", "1.5", "0x1", "abc", "1'--", "99999999999999999999", "%00", "NaN"])(
  "GET /api/users/%s answers 404",
  async (id) => {
    const answer = await app.get(`/api/users/${id}`);
    expect(answer.status).toBe(404);
    expect(answer.json).toEqual({ error: expect.any(String) });
  },
);

test("an id that cannot be decoded answers 400", async () => {
  const answer = await app.get("/api/users/%ZZ");
  expect(answer.status).toBe(400);
  expect(answer.json).toEqual({ error: expect.any(String) });
});

test("an unknown route under /api answers 404 as JSON", async () => {
  const answer = await app.post("/api/no-such-route", {});
  expect(answer.status).toBe(404);
  expect(answer.json).toEqual({ error: expect.any(String) });
});
