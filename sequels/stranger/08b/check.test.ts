import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import createError from "http-errors";
import { Server } from "socket.io";
import { io, type Socket } from "socket.io-client";
import { expect, test } from "vitest";
import { z } from "zod";
import { ask, eventually, target } from "#testkit";
import { of, useApp } from "../helpers.ts";

const app = useApp();

/** What a socket hears when an event comes the next time. */
const next = (client: Socket, event: string): Promise<object> =>
  new Promise((done) => client.once(event, done));
const load = (name: string) => import(join(target().folder, "lib", name));

test("the app is there as before, and two meet and talk", async () => {
  const [one, two] = await app.pair();
  expect(await ask(one.socket, "message", { text: "hello" })).toEqual({ state: "paired" });
  await eventually(() => of("message", two.heard)).toMatchObject([{ text: "hello", mine: false }]);
});

test("an error is turned into an answer without a server: what was written for clients is told", async () => {
  const { toAnswer } = await load("errors.ts");
  expect(toAnswer(createError(404, "No such thing"))).toMatchObject({
    status: 404,
    error: "No such thing",
  });
  const { error } = z.object({ text: z.string("must be text") }).safeParse({ text: 3 });
  expect(toAnswer(error)).toMatchObject({ status: 422, error: "text: must be text" });
});

test("and what was not, such as a path of ours, is not", async () => {
  const { toAnswer } = await load("errors.ts");
  const print = console.error;
  const printed: unknown[] = [];
  console.error = (...what) => printed.push(...what);
  try {
    expect(toAnswer(new Error("cannot open /home/ada/secret"))).toMatchObject({
      status: 500,
      error: "Internal server error",
    });
  } finally {
    console.error = print;
  }
  // Whoever runs the server is to know.
  expect(String(printed)).toContain("cannot open /home/ada/secret");
});

test("the chat runs on a server of one's own, with sessions of one's own", async () => {
  const { startChat } = await load("chat.ts");
  const server = createServer();
  const sockets = new Server(server, { transports: ["websocket"] });
  let visitors = 0;
  startChat(sockets, (request: { session?: object }, _response: unknown, next: () => void) => {
    visitors += 1;
    const session = { visitorId: `visitor ${visitors}`, anonName: `User${visitors}` };
    // From step 12 on, a session is read once more.
    const reload = (done: (error?: Error) => void) => done();
    request.session = { ...session, reload };
    next();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients = [1, 2].map(() => io(url, { transports: ["websocket"], forceNew: true }));
  try {
    const met = clients.map((client) => next(client, "matched"));
    for (const client of clients) {
      if (!client.connected) await next(client, "connect");
      expect(await ask(client, "join")).toEqual({ state: "waiting" });
    }
    const [one, two] = await Promise.all(met);
    expect([one, two]).toEqual([
      { you: expect.stringMatching(/^User[12]$/), partners: [expect.any(String)] },
      { you: expect.stringMatching(/^User[12]$/), partners: [expect.any(String)] },
    ]);
    expect(one).not.toEqual(two);
  } finally {
    for (const client of clients) client.close();
    await sockets.close();
  }
});
