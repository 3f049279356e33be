import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { type Answer, useApp } from "#testkit";
import { aliceBobAndCharlie, type NewUser, someUser, someWord } from "../helpers.ts";

const app = useApp();
const [alice, bob] = aliceBobAndCharlie;
const countUsers = () => app.database().prepare("SELECT count(*) FROM users").pluck().get();
const allUsers = () => app.database().prepare("SELECT id, name, email, nickname FROM users").all();

/** All users that were answered with 201: they have to be there at the end. */
const created: unknown[] = [];
const create = async (user: unknown): Promise<Answer> => {
  const answer = await app.post("/api/users", user);
  if (answer.status === 201) created.push(answer.json);
  return answer;
};

// The words in which zod, SQLite, Node and Express speak to programmers.
const INSIDE =
  /Invalid input|expected \w+, received|Too (small|big)|must match pattern|too_(small|big)|invalid_type|SELECT |INSERT |SQL|UNIQUE|constraint|no such table|node_modules|\.ts:\d|\n\s*at /;
/** An error that is told in the app's own words, in its body and its headers. */
const expectError = (answer: Answer, status: number | number[], field = "") => {
  expect([status].flat()).toContain(answer.status);
  expect(answer.json).toEqual({ error: expect.stringContaining(field) });
  expect(answer.json.error, "words of its own").not.toMatch(INSIDE);
  const { etag: _, ...headers } = Object.fromEntries(answer.headers);
  const told = JSON.stringify(headers).replaceAll("%20", " ");
  expect(told, "the headers").not.toMatch(INSIDE);
};

test("POST /api/users answers 201 and the whole user, id included", async () => {
  const first = await create(alice);
  expect(first.status).toBe(201);
  expect(first.json).toEqual({ id: 1, ...alice });
  const second = await create(bob);
  expect(second.json).toEqual({ id: 2, ...bob });
});

test("the user is stored", () => {
  expect(allUsers()).toEqual([
    { id: 1, ...alice },
    { id: 2, ...bob },
  ]);
});

test("a nickname that is taken answers 409", async () => {
  const before = countUsers();
  expectError(await create({ ...bob, nickname: "alice" }), 409, "nickname");
  expect(countUsers()).toBe(before);
});

test("addresses at other domains than foo.com are taken, and kept as they are", async () => {
  const word = someWord();
  for (const email of [
    `${word}@bar.org`,
    `Zoe.Ohara-${word}_2+chat@Mail.Uni-Wien.ac.at`,
    `1@${word}.museum`,
  ]) {
    const answer = await create(someUser({ email }));
    expect(answer.json).toMatchObject({ email });
  }
});

test("what else a client sends is not taken: neither its id nor unknown fields", async () => {
  const user = someUser();
  const answer = await create({ ...user, id: 99, admin: true, __proto__: null });
  expect(answer.json).toEqual({ ...user, id: expect.any(Number) });
  expect(answer.json.id).not.toBe(99);
});

test.for(["name", "nickname", "email"])(
  "SQL in the field %s is text like any other",
  async (field) => {
    const before = countUsers();
    const sql = {
      name: "Robert'); DROP TABLE users; --",
      email: `o'hara.${someWord()}@foo.example`,
    };
    const user = someUser({ [field]: field === "email" ? sql.email : `${sql.name} ${someWord()}` });
    const answer = await create(user);
    // Not everybody takes an apostrophe for a part of an address.
    if (field === "email" && answer.status === 422) return;
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({ id: expect.any(Number), ...user });
    expect(countUsers()).toBe(Number(before) + 1);
  },
);

test.for([
  ["two spaces inside", "one  two   three"],
  ["another script, and accents", "Đặng Thị 李小龍 Ærøskøbing"],
  ["an accent that is a letter of its own", "Zoe\u0301"],
  ["emoji", "Ada 👩🏽‍💻 🏳️‍🌈"],
  ["quotes", `d'Arc "Jeanne" \`x\` “y”`],
  ["HTML", "<b>Tom</b> & 'Jerry' &lt;3 &amp; </script>"],
  ["backslashes and percent signs", "C:\\new\\table %41 100%"],
] as const)("a name and a nickname with %s are kept as they are", async ([, text]) => {
  const user = someUser({ name: text, nickname: `${text.slice(0, 40)}${someWord()}` });
  const answer = await create(user);
  expect(answer.status).toBe(201);
  expect(answer.json).toEqual({ id: expect.any(Number), ...user });
});

test("spaces around a name, an address and a nickname are taken off", async () => {
  const { name, email, nickname } = someUser();
  const answer = await create({
    name: `  ${name} `,
    email: ` ${email}  `,
    nickname: ` ${nickname} `,
  });
  expect(answer.status).toBe(201);
  expect(answer.json).toEqual({ id: expect.any(Number), name, email, nickname });
  expectError(await create(someUser({ nickname: ` ${nickname}` })), 409, "nickname");
});

const LONGEST = { name: 100, nickname: 50, email: 254 };
/** A text of exactly this many UTF-16 units; an address where the field is one. */
const textOf = (field: keyof NewUser, length: number): string => {
  if (field !== "email") return `é${someWord()}`.padEnd(length, "abcdé ").replace(/ $/, "x");
  const labels = ["a".repeat(50) + someWord(), "b".repeat(60), "c".repeat(60)];
  const [local, ...domain] = [...labels, ""];
  const rest = length - `${local}@${domain.join(".")}.example`.length;
  return `${local}@${domain.join(".")}${"d".repeat(rest)}.example`;
};

test.for([
  ["name", LONGEST.name],
  ["nickname", LONGEST.nickname],
  ["email", LONGEST.email],
] as const)("the longest %s is taken whole: %s letters", async ([field, most]) => {
  const text = textOf(field, most);
  const answer = await create(someUser({ [field]: text }));
  expect(answer.status).toBe(201);
  expect(answer.json).toMatchObject({ [field]: text });
});

test.for(["name", "nickname", "email"] as const)(
  "one letter more than the longest %s answers 422 and names the field",
  async (field) => {
    const before = countUsers();
    const user = someUser({ [field]: textOf(field, LONGEST[field] + 1) });
    expectError(await create(user), 422, field);
    expect(countUsers()).toBe(before);
  },
);

test("a name of 50 emoji, each of which maxlength counts as two, is taken whole", async () => {
  const name = "🙂".repeat(LONGEST.name / 2);
  expect((await create(someUser({ name }))).json).toMatchObject({ name });
});

test("a nickname that is taken answers 409, and only then: the same name and address are fine, and so is a nickname that is like another", async () => {
  for (const nickname of ["Alice", "ALICE", "al_ce", "%", "álice", "alice1"]) {
    const answer = await create({ ...alice, nickname });
    expect(answer.status, `${nickname}, where there is alice`).toBe(201);
    expect(answer.json).toMatchObject({ ...alice, nickname });
  }
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
] as const)("%s answers 422 and names the field, in words of its own", async ([, field, user]) => {
  const before = countUsers();
  expectError(await create(user), 422, field);
  expect(countUsers()).toBe(before);
});

test.for(["name", "nickname"])(
  "control characters in the field %s answer 422 and name the field",
  async (field) => {
    const before = countUsers();
    for (const sign of ["\0", "\t", "\n", "\r", "\x1b", "\x7f", "\x9b"]) {
      const user = someUser({ [field]: `Mallory${sign}${someWord()}` });
      expectError(await create(user), 422, field);
    }
    expect(countUsers()).toBe(before);
  },
);

test.for([
  ["no body", undefined],
  ["an empty object", {}],
  ["an empty list", []],
])("%s answers 422", async ([, body]) => {
  expectError(await app.post("/api/users", body), 422);
});

test.for([
  ["a brace that is not closed", '{"name": "Alice"'],
  ["a bare word", "alice"],
])("malformed JSON (%s) answers 400", async ([, body]) => {
  expectError(await app.post("/api/users", body), 400);
});

test.for(["42", "null", '"alice"'])(
  "JSON that is no object (%s) answers 400 or 422",
  async (body) => {
    expectError(await app.post("/api/users", body), [400, 422]);
  },
);

test("a body of 1 MB answers 413", async () => {
  expectError(await app.post("/api/users", { ...carol, name: "x".repeat(1_000_000) }), 413);
});

test("while another program holds a lock for long, the app says so with 503 after a short wait, stores nothing, and goes on afterwards", async () => {
  const user = someUser();
  const before = countUsers();
  const other = app.database();
  other.exec("BEGIN IMMEDIATE");
  const answering = create(user);
  // Less than the 5 s that the library waits by itself. Who is answered before, waits less.
  const released = sleep(4000, undefined, { ref: false }).then(() => "the lock is gone again");
  const first = await Promise.race([answering.then(() => "an answer"), released]);
  other.exec("ROLLBACK");
  expect(first, "what came first").toBe("an answer");
  expectError(await answering, 503);
  expect(countUsers()).toBe(before);
  expect((await create(user)).status).toBe(201);
});

test("201 means stored: after 600 users the database file itself holds most of them, not its log alone", async () => {
  const crowd = someWord();
  const numbers = Array.from({ length: 600 }, (_, index) => index).values();
  const client = async () => {
    for (const number of numbers) await create(someUser({ nickname: `${crowd}-${number}` }));
  };
  await Promise.all(Array.from({ length: 8 }, client));
  const file = join(app.running().folder, "instance", "chat.db");
  const copy = join(app.running().folder, "instance", `copy-${crowd}.db`);
  copyFileSync(file, copy);
  const database = new Database(copy);
  try {
    const count = database.prepare("SELECT count(*) FROM users WHERE nickname LIKE ?").pluck();
    expect(count.get(`${crowd}-%`), "users in a copy of chat.db").toBeGreaterThan(150);
  } finally {
    database.close();
    for (const end of ["", "-wal", "-shm"]) rmSync(copy + end, { force: true });
  }
});

test("nothing is lost when other programs read the database, want it for themselves, and close it between two users, and the app is killed", async () => {
  await app.get("/db/alive");
  await create(someUser());
  for (const mode of ["NORMAL", "EXCLUSIVE"]) {
    const other = app.database();
    other.pragma("busy_timeout = 0");
    other.pragma(`locking_mode = ${mode}`);
    try {
      other.prepare("SELECT count(*) FROM users").get();
    } catch {
      // As it should be: the app holds the database.
    }
    // Whoever is the last to close it takes the log away.
    other.close();
  }
  await create(someUser());
  await app.running().restart("SIGKILL");
  const ids = new Set(allUsers().map((row) => (row as { id: number }).id));
  const missing = created.filter((user) => !ids.has((user as { id: number }).id));
  expect(missing, "users that were answered with 201, and are gone").toEqual([]);
});

test("all users that it answered with are stored as it answered them, also after a restart", async () => {
  await create(someUser());
  const byId = (users: unknown[]) =>
    users.toSorted((one, other) => (one as { id: number }).id - (other as { id: number }).id);
  expect(byId(allUsers()).length).toBe(created.length);
  expect(byId(allUsers())).toEqual(byId(created));
  expect(await app.post("/api/users", alice)).toMatchObject({ status: 409 });
});

test("an error of the database answers 500, tells nothing of its SQL, and the app goes on", async () => {
  // Last in this file: the app does not recover from it.
  app.database().exec("DROP TABLE users");
  const answer = await app.post("/api/users", carol);
  expectError(answer, 500);
  expect(answer.text).not.toMatch(/table/i);
  await sleep(50);
  expect(await app.get("/api/version")).toMatchObject({ status: 200 });
});
