import type { Socket } from "socket.io-client";
import { beforeAll, expect, test } from "vitest";
import { aliceBobAndCharlie, eventually, sayWho, useApp } from "#testkit";

const app = useApp();

beforeAll(app.addUsers);

const collect = (socket: Socket) => {
  const events: [string, ...unknown[]][] = [];
  socket.onAny((event, ...values) => events.push([event, ...values]));
  return events;
};
const write = async (author_id: number, recipient_id: number, content: string) => {
  const answer = await app.post("/api/messages", { author_id, recipient_id, content });
  expect(answer.status).toBe(201);
  return answer.json;
};
/** A socket reads its events in order: once it has the last one, it has all that it will get. */
const last = (events: [string, ...unknown[]][], message: unknown) =>
  eventually(() => events.at(-1)).toEqual(["message", message]);

test("a message reaches its recipient and its author, with all details", async () => {
  const alice = collect(await app.socket("alice"));
  const bob = collect(await app.socket("bob"));
  const message = await write(1, 2, "trois petits chats");
  await last(alice, message);
  await last(bob, message);
  expect(message.author).toEqual({ id: 1, ...aliceBobAndCharlie[0] });
});

test("each of a user's sockets gets it once, also when one says twice who it is", async () => {
  const socket = await app.socket("bob");
  await sayWho(socket, "bob");
  const first = collect(socket);
  const second = collect(await app.socket("bob"));
  const messages = [await write(1, 2, "one"), await write(2, 1, "two"), await write(2, 2, "three")];
  for (const events of [first, second]) {
    await last(events, messages[2]);
    expect(events).toEqual(messages.map((message) => ["message", message]));
  }
});

test("a refused message reaches nobody", async () => {
  const alice = collect(await app.socket("alice"));
  expect(
    (await app.post("/api/messages", { author_id: 1, recipient_id: 99, content: "x" })).status,
  ).toBe(404);
  expect(
    (await app.post("/api/messages", { author_id: 1, recipient_id: 2, content: "" })).status,
  ).toBe(422);
  await last(alice, await write(1, 2, "accepted"));
  expect(alice).toHaveLength(1);
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

test.for(["connect", "disconnect", "connect_error", "newListener", "message", "__proto__"])(
  "a user called %s gets messages like anybody else",
  async (nickname) => {
    const user = { name: "Odd", email: "odd@foo.com", nickname };
    const { id } = (await app.post("/api/users", user)).json;
    const events = collect(await app.socket(nickname));
    const alice = collect(await app.socket("alice"));
    const message = await write(1, id, "hello");
    await last(events, message);
    await last(alice, message);
  },
);
