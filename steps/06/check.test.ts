import { expect, test } from "vitest";
import { useApp } from "#testkit";
import { type NewUser, someUser, strangeUser } from "../helpers.ts";

const app = useApp();
/** Number n is the user with the id n + 1. */
const users: NewUser[] = [];

test("GET /api/users/<user_id> answers that user", async () => {
  users.push(strangeUser(), ...Array.from({ length: 8 }, () => someUser()), strangeUser());
  for (const user of users) await app.post("/api/users", user);
  for (const [index, user] of users.entries()) {
    const answer = await app.get(`/api/users/${index + 1}`);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ id: index + 1, ...user });
  }
});

test.for([
  ...["99", "0", "-1", "1.5", "0x1", "abc", "1'--", "99999999999999999999", "%00", "NaN"],
  ...["01", "1.0", "1e0", "+1", "%201", "1%20", "1%0A", "%0A1", "1;", "1,2", "1_0", "1n", "1%00"],
  // The signs of LIKE, a digit of another script, and what SQL makes of it.
  ...["%25", "_", "%EF%BC%91", "1%20OR%201=1"],
])("GET /api/users/%s answers 404", async (id) => {
  const answer = await app.get(`/api/users/${id}`);
  expect(answer.status).toBe(404);
  expect(answer.json).toEqual({ error: expect.any(String) });
});

test("an id may be written with %31 for 1, like each part of a path", async () => {
  // RFC 3986, section 6.2.2.2: a letter or digit means the same, written so or so.
  expect((await app.get("/api/users/%31")).json).toEqual({ id: 1, ...users[0] });
});

test.for(["%ZZ", "%"])("an id that cannot be decoded (%s) answers 400", async (id) => {
  const answer = await app.get(`/api/users/${id}`);
  expect(answer.status).toBe(400);
  expect(answer.json).toEqual({ error: expect.any(String) });
});

test("GET /api/users/<user_id> answers that user as it is now, also when another program has changed it", async () => {
  const change = app.database();
  const added = { id: 12345, ...someUser() };
  change
    .prepare("INSERT INTO users (id, name, email, nickname) VALUES (@id, @name, @email, @nickname)")
    .run(added);
  change.prepare("UPDATE users SET name = 'Another Name' WHERE id = 3").run();
  change.prepare("DELETE FROM users WHERE id = 4").run();
  expect((await app.get("/api/users/12345")).json).toEqual(added);
  expect((await app.get("/api/users/3")).json).toMatchObject({ id: 3, name: "Another Name" });
  expect((await app.get("/api/users/4")).status).toBe(404);
  expect((await app.get("/api/users/5")).json).toEqual({ id: 5, ...users[4] });
});

test("an unknown route under /api answers 404 as JSON", async () => {
  const answer = await app.post("/api/no-such-route", {});
  expect(answer.status).toBe(404);
  expect(answer.json).toEqual({ error: expect.any(String) });
});
