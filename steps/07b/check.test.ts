import { beforeAll, expect, test } from "vitest";
import { isBefore } from "#testkit";
import { useApp } from "../helpers.ts";

const app = useApp();
const hello = { author_id: 1, recipient_id: 2, content: "trois petits chats" };
const count = () => app.database().prepare("SELECT count(*) FROM messages").pluck().get();
const stored = (id: number) =>
  app.database().prepare("SELECT * FROM messages WHERE id = ?").get(id);
/** How the schema libraries put it; a reader is told what to do in our own words. */
const OF_A_LIBRARY =
  /Invalid (input|string|number|email|option)|Too (big|small)|, received |to (have|be) [<>]=?\d|Zod|invalid_type|too_(big|small)/i;

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

test("an error of the database answers 500 without a word of SQL, and the app goes on", async () => {
  const database = app.database();
  const before = count();
  // An overflow: no rule of the tables, which an app might take for the client's fault.
  database.exec(`
    CREATE TRIGGER fails BEFORE INSERT ON messages
    BEGIN SELECT abs(-9223372036854775808); END
  `);
  const answer = await app.post("/api/messages", hello);
  database.exec("DROP TRIGGER fails");
  expect(answer.status).toBe(500);
  expect(answer.json).toEqual({ error: expect.any(String) });
  expect(answer.text).not.toMatch(/overflow|SQL|node_modules|\.ts:\d|\n\s*at /i);
  expect(count()).toBe(before);
  expect(await app.post("/api/messages", hello)).toMatchObject({ status: 201 });
});

test("where SQLite finds the recipient gone, nothing is stored, and nothing answered 201", async () => {
  // Between the app's own look and its insert, only SQLite can see it.
  const user = { name: "Gone", email: "gone@example.org", nickname: "gone" };
  const { id } = (await app.post("/api/users", user)).json;
  const database = app.database();
  const before = count();
  database.exec(`
    CREATE TRIGGER leaves BEFORE INSERT ON messages
    BEGIN DELETE FROM users WHERE id = NEW.recipient_id; END
  `);
  const answer = await app.post("/api/messages", { ...hello, recipient_id: id });
  database.exec("DROP TRIGGER leaves");
  expect([404, 409, 422, 500]).toContain(answer.status);
  expect(answer.json).toEqual({ error: expect.any(String) });
  expect(count()).toBe(before);
  expect(await app.get(`/api/users/${id}`)).toMatchObject({ status: 200 });
});

test("what cannot be committed is not answered 201", async () => {
  // Such as on a full disk: the row is there already when the commit fails.
  const database = app.database();
  const before = count();
  database.exec(`
    CREATE TABLE debts (user_id INTEGER REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER fails AFTER INSERT ON messages BEGIN INSERT INTO debts VALUES (-1); END
  `);
  const answer = await app.post("/api/messages", hello);
  database.exec("DROP TRIGGER fails; DROP TABLE debts");
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.json).toEqual({ error: expect.any(String) });
  expect(count()).toBe(before);
});

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
  expect(stored(answer.json.id)).toMatchObject({ author_id: 2, recipient_id: 3 });
});

test("whoever is in the database may write, and be written to", async () => {
  const id = 1000 + Math.floor(Math.random() * 1e6);
  app
    .database()
    .prepare("INSERT INTO users (id, name, email, nickname) VALUES (?, ?, ?, ?)")
    .run(id, "Ὑπατία", "hypatia@museum.example", `hypatia-${id}`);
  for (const ids of [
    { author_id: id, recipient_id: 3 },
    { author_id: 3, recipient_id: id },
  ]) {
    const answer = await app.post("/api/messages", { ...ids, content: "χαῖρε" });
    expect(answer.status).toBe(201);
    expect(stored(answer.json.id)).toMatchObject({ ...ids, content: "χαῖρε" });
  }
});

test.for([
  ["Capitals", "ABC Äöü abc ﬁ é"],
  ["line breaks and tabs", "one\n\ntwo\tthree\r\nfour"],
  ["several spaces", "a  b   c\u00a0d"],
  ["quotes", `it's "quoted" and \`so\` ''`],
  ["HTML", "<b>&amp; &lt;i></b><!-- -->"],
  ["emoji", "👩‍👩‍👧 🇫🇷 👍🏽"],
  ["other scripts", "مرحبا שלום 你好"],
  ["backslashes", "C:\\new\\table \\u0041 \\' %s %41 $1 {{2}} <%= 3 %>"],
  ["SQL", "x'); DROP TABLE messages; --"],
  ["a word of JavaScript", "null"],
  ["a number", "0042"],
  ["2,000 letters", `a${"é".repeat(1998)}b`],
  ["1,000 emoji, which are 2,000 units of UTF-16", "😀".repeat(1000)],
])("nothing inside a content is changed: %s", async ([, content]) => {
  const answer = await app.post("/api/messages", { ...hello, content });
  expect(answer.status).toBe(201);
  expect(answer.json.content).toBe(content);
  expect(stored(answer.json.id)).toMatchObject({ content });
});

test("spaces around a content are taken off", async () => {
  const answer = await app.post("/api/messages", { ...hello, content: " \n two  words\t " });
  expect(answer.status).toBe(201);
  expect(answer.json.content).toBe("two  words");
  expect(stored(answer.json.id)).toMatchObject({ content: "two  words" });
});

test.for([
  ["an unknown author", "author_id", 0],
  ["an unknown recipient", "recipient_id", 0],
  ["an unknown recipient, its id sent as text,", "recipient_id", ""],
] as const)("%s answers 404, and no message is stored", async ([, field, kind]) => {
  const before = count();
  const last = app.database().prepare("SELECT max(id) FROM users").pluck().get();
  const id = typeof kind === "string" ? String(Number(last) + 1) : Number(last) + 1;
  const answer = await app.post("/api/messages", { ...hello, [field]: id });
  expect(answer.status).toBe(404);
  expect(answer.json).toEqual({ error: expect.any(String) });
  expect(count()).toBe(before);
});

const FIELDS = ["author_id", "recipient_id"] as const;
/** As it stands in the JSON. `JSON.stringify` would not write all of them. */
const send = (field: string, value: string) =>
  app.post("/api/messages", JSON.stringify({ ...hello, [field]: "?" }).replace('"?"', value));

test.for(["0", "-1", '"0"', '"-1"'])(
  "%s is nobody's id: 404 or 422, and no message is stored",
  async (value) => {
    const before = count();
    for (const field of FIELDS) {
      const answer = await send(field, value);
      expect([404, 422]).toContain(answer.status);
      expect(answer.json).toEqual({ error: expect.any(String) });
    }
    expect(count()).toBe(before);
  },
);

test.for([
  ["the text 01", '"01"'],
  ["the text 1.0", '"1.0"'],
  ["the text 1e0", '"1e0"'],
  ["the text 0x1", '"0x1"'],
  ["the text +1", '"+1"'],
  ["a text that begins with a space", '" 1"'],
  ["a text that ends with a space", '"1 "'],
  ["a text that ends with a line break", '"1\\n"'],
  ["a number and a word", '"1 OR 1=1"'],
  ["a sign of LIKE", '"%"'],
  ["an empty text", '""'],
  ["a nickname", '"alice"'],
  ["a fraction", "1.5"],
  ["a number beyond all numbers", "1e400"],
  ["a text of 400 digits", `"${"9".repeat(400)}"`],
  ["true", "true"],
  ["null", "null"],
  ["a list", "[1]"],
  ["an object", '{"id":1}'],
] as const)("%s as an id answers 422 and names the field", async ([, value]) => {
  const before = count();
  for (const field of FIELDS) {
    const answer = await send(field, value);
    expect(answer.status).toBe(422);
    expect(answer.json).toEqual({ error: expect.stringContaining(field) });
    expect(answer.json.error).not.toMatch(OF_A_LIBRARY);
  }
  expect(count()).toBe(before);
});

test.for([
  ["a missing author_id", "author_id", { ...hello, author_id: undefined }],
  ["a missing recipient_id", "recipient_id", { ...hello, recipient_id: undefined }],
  ["a missing content", "content", { ...hello, content: undefined }],
  ["an empty content", "content", { ...hello, content: "" }],
  ["a content of spaces", "content", { ...hello, content: " \n\t " }],
  ["a content that is a number", "content", { ...hello, content: 42 }],
  ["a content that is null", "content", { ...hello, content: null }],
  ["a content that is a list", "content", { ...hello, content: ["a"] }],
  ["a content that is an object", "content", { ...hello, content: { a: 1 } }],
  ["a content of 5,000 letters", "content", { ...hello, content: "x".repeat(5_000) }],
  ["a content of 2,001 letters", "content", { ...hello, content: "x".repeat(2_001) }],
  ["no body at all", "", undefined],
] as const)("%s answers 422 and names the field", async ([, field, message]) => {
  const before = count();
  const answer = await app.post("/api/messages", message);
  expect(answer.status).toBe(422);
  expect(answer.json).toEqual({ error: expect.stringContaining(field) });
  expect(answer.json.error).not.toMatch(OF_A_LIBRARY);
  expect(count()).toBe(before);
});

test("malformed JSON answers 400", async () => {
  const answer = await app.post("/api/messages", '{"author_id": 1,');
  expect(answer.status).toBe(400);
  expect(answer.json).toEqual({ error: expect.any(String) });
});
