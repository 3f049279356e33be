import { expect, test } from "vitest";
import { aliceBobAndCharlie, useApp } from "#testkit";

const app = useApp();
const [alice, bob] = aliceBobAndCharlie;
const countUsers = () => app.database().prepare("SELECT count(*) FROM users").pluck().get();

test("POST /api/users answers 201 and the whole user, id included", async () => {
  const first = await app.post("/api/users", alice);
  expect(first.status).toBe(201);
  expect(first.json).toEqual({ id: 1, ...alice });
  const second = await app.post("/api/users", bob);
  expect(second.json).toEqual({ id: 2, ...bob });
});

test("the user is stored", () => {
  const row = app.database().prepare("SELECT * FROM users WHERE id = 1").get();
  expect(row).toMatchObject({ id: 1, ...alice });
});

test("what else a client sends is not taken: neither its id nor unknown fields", async () => {
  const user = { name: "Dora", email: "dora@foo.com", nickname: "dora" };
  const answer = await app.post("/api/users", { ...user, id: 99, admin: true, __proto__: null });
  expect(answer.json).toEqual({ ...user, id: expect.any(Number) });
  expect(answer.json.id).not.toBe(99);
});

test("SQL in a name is text like any other", async () => {
  const name = "Robert'); DROP TABLE users; --";
  const answer = await app.post("/api/users", { ...alice, name, nickname: "robert" });
  expect(answer.json).toMatchObject({ name });
  expect(countUsers()).toBe(4);
});

test("a nickname that is taken answers 409", async () => {
  const before = countUsers();
  const answer = await app.post("/api/users", { ...bob, nickname: "alice" });
  expect(answer.status).toBe(409);
  expect(answer.json).toEqual({ error: expect.stringContaining("nickname") });
  expect(answer.text).not.toContain("UNIQUE");
  expect(countUsers()).toBe(before);
});

const carol = { name: "Carol", email: "carol@foo.com", nickname: "carol" };
test.for([
  ["a missing name", "name", { ...carol, name: undefined }],
  ["an empty name", "name", { ...carol, name: "" }],
  ["a name of spaces", "name", { ...carol, name: "   " }],
  ["a name that is a number", "name", { ...carol, name: 42 }],
  ["a name that is null", "name", { ...carol, name: null }],
  ["a name of 1,000 letters", "name", { ...carol, name: "x".repeat(1_000) }],
  ["a missing email", "email", { ...carol, email: undefined }],
  ["an empty email", "email", { ...carol, email: "" }],
  ["an email that is no address", "email", { ...carol, email: "bob" }],
  ["an email that is a list", "email", { ...carol, email: ["carol@foo.com"] }],
  ["an email of 1,000 letters", "email", { ...carol, email: `${"x".repeat(1_000)}@foo.com` }],
  ["a missing nickname", "nickname", { ...carol, nickname: undefined }],
  ["an empty nickname", "nickname", { ...carol, nickname: "" }],
  ["a nickname that is an object", "nickname", { ...carol, nickname: { a: 1 } }],
  ["a nickname of 1,000 letters", "nickname", { ...carol, nickname: "x".repeat(1_000) }],
] as const)("%s answers 422 and names the field", async ([, field, user]) => {
  const before = countUsers();
  const answer = await app.post("/api/users", user);
  expect(answer.status).toBe(422);
  expect(answer.json).toEqual({ error: expect.stringContaining(field) });
  expect(countUsers()).toBe(before);
});

test.for([
  ["no body", undefined],
  ["an empty object", {}],
  ["an empty list", []],
])("%s answers 422", async ([, body]) => {
  const answer = await app.post("/api/users", body);
  expect(answer.status).toBe(422);
  expect(answer.json).toEqual({ error: expect.any(String) });
});

test.for([
  ["a brace that is not closed", '{"name": "Alice"'],
  ["a bare word", "alice"],
])("malformed JSON (%s) answers 400", async ([, body]) => {
  const answer = await app.post("/api/users", body);
  expect(answer.status).toBe(400);
  expect(answer.json).toEqual({ error: expect.any(String) });
  expect(answer.text).not.toMatch(/node_modules|\.ts:\d/);
});

test.for(["42", "null", '"alice"'])(
  "JSON that is no object (%s) answers 400 or 422",
  async (body) => {
    const answer = await app.post("/api/users", body);
    expect([400, 422]).toContain(answer.status);
    expect(answer.json).toEqual({ error: expect.any(String) });
  },
);

test("a body of 1 MB answers 413", async () => {
  const answer = await app.post("/api/users", { ...carol, name: "x".repeat(1_000_000) });
  expect(answer.status).toBe(413);
  expect(answer.json).toEqual({ error: expect.any(String) });
});

test("the user is still stored after a restart", async () => {
  await app.running().restart();
  expect(await app.post("/api/users", alice)).toMatchObject({ status: 409 });
});

test("an error of the database answers 500, and tells nothing of its SQL", async () => {
  // Last in this file: the app does not recover from it.
  app.database().exec("DROP TABLE users");
  const answer = await app.post("/api/users", carol);
  expect(answer.status).toBe(500);
  expect(answer.json).toEqual({ error: expect.any(String) });
  expect(answer.text).not.toMatch(/table|SQL|node_modules|\.ts:\d|\n\s*at /i);
});
