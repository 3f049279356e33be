import type { Socket } from "socket.io-client";
import { beforeAll, expect, test } from "vitest";
import { eventually, untilRead } from "#testkit";
import { aliceBobAndCharlie, sayWho, useApp } from "../helpers.ts";

const app = useApp();

type User = { id: number; name: string; email: string; nickname: string };
type Events = [string, ...unknown[]][];

beforeAll(app.addUsers);

const collect = (socket: Socket): Events => {
  const events: Events = [];
  socket.onAny((event, ...values) => events.push([event, ...values]));
  return events;
};
const addUser = async (nickname: string, more: Partial<User> = {}): Promise<User> => {
  const user = { name: "Zoë O’Hara", email: "zoe@mail.example", ...more, nickname };
  const answer = await app.post("/api/users", user);
  expect(answer.status).toBe(201);
  return answer.json;
};
/** Nobody has this nickname yet, and no app can know it by heart. */
const random = (before = "") => `${before}${Math.random().toString(36).slice(2, 10)}`;
/** The events of a new socket of this user. */
const listen = async ({ nickname }: { nickname: string }) => collect(await app.socket(nickname));
const write = async (author_id: number | string, recipient_id: number, content: string) => {
  const answer = await app.post("/api/messages", { author_id, recipient_id, content });
  expect(answer.status).toBe(201);
  return answer.json;
};
/** A socket gets its events in order: once it has the last one, it has all that it will get. */
const last = (events: Events, message: unknown) =>
  eventually(() => events.at(-1)).toEqual(["message", message]);
/** Once it has the last of these messages, a socket has got all of them, each once, and nothing else. */
const hears = async (events: Events, messages: unknown[]) => {
  await last(events, messages.at(-1));
  expect(events).toEqual(messages.map((message) => ["message", message]));
};

test("a message reaches its recipient and its author, with all details", async () => {
  const alice = collect(await app.socket("alice"));
  const bob = collect(await app.socket("bob"));
  const message = await write(1, 2, "trois petits chats");
  await last(alice, message);
  await last(bob, message);
  expect(message.author).toEqual({ id: 1, ...aliceBobAndCharlie[0] });
});

test("it arrives as POST answers it and as the list has it, whatever its users are called", async () => {
  const author = await addUser(random("é".repeat(42)), { name: `<b>"A" & 'B'</b>` });
  const recipient = await addUser(random("日本 😀 % _ "), { name: "x".repeat(100) });
  const both = [await listen(author), await listen(recipient)];
  const messages = [];
  for (const content of ["%s", `<i>"q" & 'q'</i>\n  two  spaces`, "😀é".repeat(660)]) {
    messages.push(await write(author.id, recipient.id, content));
  }
  messages.push(await write(recipient.id, author.id, "and back"));
  // A page and HTTPie send an id as text.
  messages.push(await write(String(author.id), recipient.id, "as text"));
  for (const events of both) await hears(events, messages);
  expect(messages[0]).toMatchObject({ author, recipient });
  expect((await app.get(`/api/messages/with/${author.id}`)).json).toEqual(messages);
});

test("each of a user's sockets gets it once, also when one says twice who it is", async () => {
  const socket = await app.socket("bob");
  await sayWho(socket, "bob");
  const first = collect(socket);
  const second = collect(await app.socket("bob"));
  const messages = [await write(1, 2, "one"), await write(2, 1, "two"), await write(2, 2, "three")];
  for (const events of [first, second]) await hears(events, messages);
});

test("many messages arrive in their order, on all of a user's tabs that are still open", async () => {
  const user = await addUser(random());
  const sockets = [];
  for (let tab = 0; tab < 6; tab++) sockets.push(await app.socket(user.nickname));
  const tabs = sockets.map(collect);
  const messages = [await write(user.id, 1, "to all tabs")];
  for (const events of tabs) await hears(events, messages);
  for (const closed of [0, 5, 2]) sockets[closed]?.close();
  // The server has noticed it once it answers somebody who came later.
  tabs.push(await listen(user));
  for (let count = 0; count < 20; count++) messages.push(await write(1, user.id, `${count}`));
  for (const open of [1, 3, 4]) await hears(tabs[open] as Events, messages);
  await hears(tabs[6] as Events, messages.slice(1));
});

test("it reaches nobody else: no third user, and no socket that did not say who it is", async () => {
  const charlie = collect(await app.socket("charlie"));
  const silent = await app.socket();
  const silentEvents = collect(silent);
  await write(1, 2, "private");
  const message = await write(2, 3, "for Charlie");
  await last(charlie, message);
  expect(charlie).toHaveLength(1);
  await sayWho(silent, "alice");
  const later = await write(1, 2, "now it is Alice");
  await last(silentEvents, later);
  expect(silentEvents).toHaveLength(1);
});

test("a socket with a nickname that nobody has hears of nothing", async () => {
  const stranger = await app.socket("nobody");
  const events = collect(stranger);
  await write(1, 2, "not for strangers");
  await sayWho(stranger, "alice");
  await last(events, await write(1, 2, "now it is Alice"));
  expect(events).toHaveLength(1);
});

test("a refused message reaches nobody", async () => {
  const alice = collect(await app.socket("alice"));
  const bob = collect(await app.socket("bob"));
  const others = [await app.socket("charlie"), await app.socket(), await app.socket("nobody")];
  const silence = others.map(collect);
  const content = "x";
  for (const [status, message] of [
    [404, { author_id: 1, recipient_id: 99_999, content }],
    [404, { author_id: 99_999, recipient_id: 1, content }],
    [422, { author_id: 1, recipient_id: 2, content: "" }],
    [422, { author_id: 1, recipient_id: 2, content: "x".repeat(2001) }],
    [422, { author_id: 1, content }],
    [400, '{"author_id":1,"recipient_id":2,'],
  ] as const) {
    const headers = { "content-type": "application/json" };
    expect(await app.post("/api/messages", message, headers)).toMatchObject({ status });
  }
  const accepted = await write(1, 2, "accepted");
  await hears(alice, [accepted]);
  await hears(bob, [accepted]);
  for (const socket of others) await untilRead(socket);
  for (const events of silence) expect(events).toEqual([]);
});

test("a message that the database does not store reaches nobody", async () => {
  const alice = collect(await app.socket("alice"));
  const bob = collect(await app.socket("bob"));
  const charlie = await app.socket("charlie");
  const silence = collect(charlie);
  const database = app.database();
  // The one is refused at once, the other when it is committed, as on a disk that is full.
  database.exec(`
    CREATE TABLE refusals (user_id REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER refuse_at_once AFTER INSERT ON messages WHEN NEW.content = 'at once'
      BEGIN SELECT RAISE(ABORT, 'refused'); END;
    CREATE TRIGGER refuse_at_commit AFTER INSERT ON messages WHEN NEW.content = 'at the commit'
      BEGIN INSERT INTO refusals VALUES (-1); END;
  `);
  try {
    for (const content of ["at once", "at the commit"]) {
      const answer = await app.post("/api/messages", { author_id: 1, recipient_id: 2, content });
      expect(answer, content).toMatchObject({ status: 500 });
    }
  } finally {
    database.exec(
      "DROP TRIGGER refuse_at_once; DROP TRIGGER refuse_at_commit; DROP TABLE refusals",
    );
  }
  const stored = await write(1, 2, "stored");
  await hears(alice, [stored]);
  await hears(bob, [stored]);
  await untilRead(charlie);
  expect(silence).toEqual([]);
});

test("who hears of a message finds it in the list", async () => {
  const socket = await app.socket("bob");
  const heard = new Promise((resolve) => socket.once("message", resolve));
  const message = await write(1, 2, "look it up");
  expect(await heard).toEqual(message);
  expect((await app.get("/api/messages")).json.at(-1)).toMatchObject({ id: message.id });
});

test("it reaches no user who only looks like its recipient", async () => {
  const nickname = `Zoé ${random()}`.normalize("NFC");
  const more = { name: random("Zoé "), email: `${random()}@mail.example` };
  const user = await addUser(nickname, more);
  const others = [
    nickname.toUpperCase(),
    nickname.toLowerCase(),
    nickname.normalize("NFD"),
    nickname.slice(0, -1),
    `${nickname}e`,
    nickname.replace(/.$/, "_"),
    nickname.replace(/.{3}$/, "%"),
    String(user.id),
    `user:${user.id}`,
    more.email,
  ];
  // Names and addresses may be those of somebody else, too.
  const listening: [User, Events][] = [];
  for (const other of others) {
    const added = await addUser(other, more);
    listening.push([added, await listen(added)]);
  }
  // Some ids have the same first and last digit as the recipient's.
  while (listening.length < 12) {
    const added = await addUser(random());
    listening.push([added, await listen(added)]);
  }
  const own = await listen(user);
  const message = await write(1, user.id, "for one alone");
  await hears(own, [message]);
  for (const [other, events] of listening) {
    const later = await write(1, other.id, "for another");
    await last(events, later);
    expect(events, other.nickname).toEqual([["message", later]]);
  }
  expect(own, "what is for others").toHaveLength(1);
});

test("a user who is called like the id of a socket does not take part in its room", async () => {
  const charlie = await app.socket("charlie");
  const silent = await app.socket();
  const all = [collect(charlie), collect(silent)];
  for (const { id } of [charlie, silent]) {
    const user = await addUser(String(id));
    const own = await listen(user);
    await hears(own, [await write(1, user.id, "for one alone")]);
  }
  for (const socket of [charlie, silent]) await untilRead(socket);
  for (const events of all) expect(events).toEqual([]);
});

test.for(["connect", "disconnect", "connect_error", "newListener", "message", "__proto__"])(
  "a user called %s gets messages like anybody else",
  async (nickname) => {
    const { id } = await addUser(nickname);
    const events = collect(await app.socket(nickname));
    const alice = collect(await app.socket("alice"));
    const message = await write(1, id, "hello");
    await last(events, message);
    await last(alice, message);
  },
);
