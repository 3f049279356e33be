import { beforeAll, expect, test } from "vitest";
import { isBefore, useApp } from "#testkit";

const app = useApp();
const hello = { author_id: 1, recipient_id: 2, content: "trois petits chats" };
const countMessages = () => app.database().prepare("SELECT count(*) FROM messages").pluck().get();

beforeAll(app.addUsers);

test("POST /api/messages answers 201, the id, the content and the date in UTC", async () => {
  const start = Date.now();
  const answer = await app.post("/api/messages", hello);
  expect(answer.status).toBe(201);
  expect(answer.json).toMatchObject({ id: 1, content: "trois petits chats" });
  expect(answer.json.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  // The clock of SQLite may be cut to whole seconds.
  expect(Date.parse(answer.json.date)).toBeGreaterThanOrEqual(start - 1000);
  expect(Date.parse(answer.json.date)).toBeLessThanOrEqual(Date.now() + 1000);
});

if (isBefore("15")) {
  test("the answer is {id, content, author_id, recipient_id, date}, nothing else", async () => {
    const answer = await app.post("/api/messages", hello);
    expect(answer.json).toEqual({ ...hello, id: expect.any(Number), date: expect.any(String) });
  });

  test("ids sent as text, as `http … author_id=1` does, are answered as numbers", async () => {
    const answer = await app.post("/api/messages", { ...hello, author_id: "1", recipient_id: "2" });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ author_id: 1, recipient_id: 2 });
  });
}

test("neither the id nor the date of a client is taken", async () => {
  const forged = { ...hello, id: 99, date: "2000-01-01T00:00:00.000Z" };
  const answer = await app.post("/api/messages", forged);
  expect(answer.status).toBe(201);
  expect(answer.json.id).not.toBe(99);
  expect(answer.json.date).not.toMatch(/^2000/);
});

test("ids sent as text are stored as numbers", async () => {
  const answer = await app.post("/api/messages", { ...hello, author_id: "2", recipient_id: "3" });
  expect(answer.status).toBe(201);
  const row = app
    .database()
    .prepare("SELECT author_id, recipient_id FROM messages WHERE id = ?")
    .get(answer.json.id);
  expect(row).toEqual({ author_id: 2, recipient_id: 3 });
});

test("a negative author_id answers 404 or 422", async () => {
  const answer = await app.post("/api/messages", { ...hello, author_id: -1 });
  expect([404, 422]).toContain(answer.status);
});

test.for([
  ["an unknown author", { ...hello, author_id: 99 }],
  ["an unknown recipient", { ...hello, recipient_id: 99 }],
])("%s answers 404, and no message is stored", async ([, message]) => {
  const before = countMessages();
  const answer = await app.post("/api/messages", message);
  expect(answer.status).toBe(404);
  expect(answer.json).toEqual({ error: expect.any(String) });
  expect(countMessages()).toBe(before);
});

test.for([
  ["a missing author_id", "author_id", { ...hello, author_id: undefined }],
  ["an empty author_id", "author_id", { ...hello, author_id: "" }],
  ["an author_id that is a word", "author_id", { ...hello, author_id: "alice" }],
  ["an author_id that is no whole number", "author_id", { ...hello, author_id: 1.5 }],
  ["an author_id beyond all numbers", "author_id", { ...hello, author_id: "9".repeat(400) }],
  ["a missing recipient_id", "recipient_id", { ...hello, recipient_id: undefined }],
  ["a recipient_id that is null", "recipient_id", { ...hello, recipient_id: null }],
  ["a recipient_id that is true", "recipient_id", { ...hello, recipient_id: true }],
  ["a recipient_id that is a list", "recipient_id", { ...hello, recipient_id: [2] }],
  ["a missing content", "content", { ...hello, content: undefined }],
  ["an empty content", "content", { ...hello, content: "" }],
  ["a content of spaces", "content", { ...hello, content: " \n " }],
  ["a content that is a number", "content", { ...hello, content: 42 }],
  ["a content of 5,000 letters", "content", { ...hello, content: "x".repeat(5_000) }],
] as const)("%s answers 422 and names the field", async ([, field, message]) => {
  const before = countMessages();
  const answer = await app.post("/api/messages", message);
  expect(answer.status).toBe(422);
  expect(answer.json).toEqual({ error: expect.stringContaining(field) });
  expect(countMessages()).toBe(before);
});

test("malformed JSON answers 400", async () => {
  const answer = await app.post("/api/messages", '{"author_id": 1,');
  expect(answer.status).toBe(400);
  expect(answer.json).toEqual({ error: expect.any(String) });
});
