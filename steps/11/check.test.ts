import { beforeAll, expect, test } from "vitest";
import { aliceBobAndCharlie, exampleMessages, useApp } from "../helpers.ts";

const app = useApp();

beforeAll(async () => {
  await app.addUsers();
  await app.addMessages();
});

const user = (id: number) => ({ id, ...aliceBobAndCharlie[id - 1] });
type User = { id: number; name: string; email: string; nickname: string };
const addUser = async (name: string, nickname: string): Promise<User> => {
  const fields = { name, email: `${Math.random().toString(36).slice(2)}@mail.example`, nickname };
  const answer = await app.post("/api/users", fields);
  expect(answer.status).toBe(201);
  return { id: answer.json.id, ...fields };
};
const send = async (author: User, recipient: User, content: string) => {
  const message = { author_id: author.id, recipient_id: recipient.id, content };
  const { id, date } = (await app.post("/api/messages", message)).json;
  return { id, content, date, author, recipient };
};
const messagesWith = async ({ id }: User) => {
  const answer = await app.get(`/api/messages/with/${id}`);
  expect(answer.status).toBe(200);
  return answer.json;
};

test("each message is {id, content, date, author, recipient}, with the users' details", async () => {
  const answer = await app.get("/api/messages/with/2");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual(
    exampleMessages.map(({ content, author_id, recipient_id }, index) => ({
      id: index + 1,
      content,
      date: expect.stringMatching(/Z$/),
      author: user(author_id),
      recipient: user(recipient_id),
    })),
  );
});

test("a user who writes to nobody and hears from nobody has an empty list", async () => {
  expect(await messagesWith(await addUser("Eve", "eve"))).toEqual([]);
});

test.for([
  ["quotes", `Anne "Annie" O'Neil`, `"it's"`],
  ["backslashes", "C:\\new\\u0041", "\\"],
  ["HTML", "<b>Bo</b> &amp; Co", "</script>"],
  ["other scripts and emoji", "Zoë 👩‍👩‍👧 مرحبا 你好", "ζωή🙂"],
  ["words of JavaScript", "null", "undefined"],
  ["numbers", "0042", "1e3"],
  ["what looks like JSON", '{"id": 1}', "[2]"],
  ["100 and 50 letters", `x${"y".repeat(98)}z`, `${"ä".repeat(49)}b`],
] as const)(
  "names, nicknames and contents are answered as they were sent: %s",
  async ([, name, nickname]) => {
    const author = await addUser(name, nickname);
    const recipient = await addUser(`${nickname} too`.slice(0, 50), `${nickname}2`.slice(-50));
    const sent = [];
    for (const content of [name, `${nickname}\n\t${name}`]) {
      sent.push(await send(author, recipient, content), await send(recipient, author, content));
    }
    sent.push(await send(author, author, "to myself"));
    expect(await messagesWith(author)).toEqual(sent);
    expect(await messagesWith(recipient)).toEqual(sent.slice(0, -1));
  },
);

test("a user who was given another name has it in all messages", async () => {
  const author = await addUser("Before", "renamed");
  const recipient = await addUser("Friend", "friend");
  const { id, content, date } = await send(author, recipient, "hello");
  await messagesWith(recipient);
  const now = { name: "After", email: "after@example.net", nickname: "another" };
  app
    .database()
    .prepare("UPDATE users SET name = @name, email = @email, nickname = @nickname WHERE id = @id")
    .run({ ...now, id: author.id });
  const message = { id, content, date, author: { id: author.id, ...now }, recipient };
  expect(await messagesWith(recipient)).toEqual([message]);
  expect(await messagesWith(author)).toEqual([message]);
});

test("no message is left out of a longer list, nor listed twice", async () => {
  const author = await addUser("Many", "many");
  const recipient = await addUser("Few", "few");
  const { content, date } = await send(author, recipient, "again");
  const database = app.database();
  database
    .prepare(`
      WITH RECURSIVE rounds (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM rounds LIMIT 130)
      INSERT INTO messages (content, author_id, recipient_id, date)
      SELECT content, author_id, recipient_id, date
      FROM rounds, (SELECT * FROM messages WHERE author_id = ?)
    `)
    .run(author.id);
  const ids = database.prepare("SELECT id FROM messages WHERE author_id = ? ORDER BY id").pluck();
  const wanted = ids.all(author.id).map((id) => ({ id, content, date, author, recipient }));
  expect(await messagesWith(recipient)).toEqual(wanted);
});
