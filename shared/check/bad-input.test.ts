import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, ask, eventually, openWebSocket, request, startApp } from "#testkit";
import { readCourse } from "../course/course.ts";
import { connectSocket, untilRead } from "../testkit/socket.ts";

// What no page sends, and anybody can: the last step of counter answers it or cuts that connection,
// and serves all others as before.
const root = resolve(import.meta.dirname, "../..");
const course = readCourse({ root }, "sequels/counter");
const folder = resolve(root, course.folder);
const last = resolve(folder, course.steps.at(-1)?.id ?? "");
/** Prints every 100 ms how much memory is in use once what nobody needs is thrown away. */
const PRINTS_HEAP = `
  import { setFlagsFromString } from "node:v8";
  import { runInNewContext } from "node:vm";
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const print = () => { collect(); console.log("heap", process.memoryUsage().heapUsed); };
  if (process.argv[1]?.endsWith("app.ts")) setInterval(print, 100).unref();
`;
let app: App;
beforeAll(async () => {
  const preload = `--import=data:text/javascript,${encodeURIComponent(PRINTS_HEAP)}`;
  app = await startApp(last, { course: folder, env: { NODE_OPTIONS: preload } });
});
afterAll(() => app?.stop());

const path = "/api/socket.io";
const connect = () => connectSocket(app.url, { path });
const get = async (route: string) => (await request(app.url + route)).json;
/** A connection that speaks the protocol by itself, and says what it likes. */
const connectRaw = async () => {
  const raw = await openWebSocket(`${app.url}${path}/?EIO=4&transport=websocket`);
  raw.socket.on("error", () => undefined);
  raw.socket.send("40");
  await eventually(() => raw.received.filter((it) => `${it}`.startsWith("40"))).toHaveLength(1);
  return raw;
};
/** Somebody else who hears all, to whom nothing bad may happen. */
const serve = async (harm: () => Promise<unknown>) => {
  const witness = await connect();
  const heard: string[] = [];
  const told = ["click", "event", "message"];
  witness.onAny((event) => told.includes(event) && heard.push(event));
  const before = await get("/api/current_stats");
  await harm();
  await untilRead(witness);
  expect(heard, "what others heard of it").toEqual([]);
  expect(await get("/api/current_stats")).toEqual(before);
  expect(await ask(witness, "click", { user: "Ada" })).toEqual({});
  witness.close();
  await eventually(() => get("/api/online_users")).toEqual([]);
  expect(app.log()).not.toMatch(/Uncaught|unhandled|listens[\s\S]*listens/i);
};

const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
test.for([
  ["a name that every object has", '42["__proto__",{"user":"Eve"}]'],
  ["a name of the library's own", '42["disconnect",{"user":"Eve"}]'],
  ["another one", '42["connect"]'],
  ["a name that Node throws for", '42["error",{"user":"Eve"}]'],
  ["a name that Node listens to", '42["newListener","click"]'],
  ["a name that is a number", "42[7,8]"],
  ["a name that is an object", '42[{"click":1},{"user":"Eve"}]'],
  ["no name", "42[]"],
  ["no list", '42{"click":1}'],
  ["no JSON", '42["click",{"user":'],
  ["a list in a list, 100,000 times", `42["click",${deep}]`],
  ["the same as a name", `42["auth",${deep}]`],
  ["fields that every object has", '42["click",{"__proto__":{"user":"Eve"}}]'],
  ["a hundred thousand values", `42["click",${"1,".repeat(100_000)}1]`],
  ["an acknowledgement of nothing", "4312345[{}]"],
  ["bytes that never come", '4599-["click",{"_placeholder":true,"num":7}]'],
  ["an event of binary, without any", '451-["click",{"_placeholder":true,"num":-1}]'],
  ["a packet of no kind", "49"],
  ["a namespace that there is not", "40/admin,"],
  ["nothing", ""],
])("%s, sent as a message of the protocol: nothing comes of it", ([, message]) =>
  serve(async () => {
    const { socket, closed } = await connectRaw();
    socket.send(message ?? "");
    // Answered or cut: both are well. What is sent after it has been read when the answer comes.
    const pinged = new Promise((done) => socket.once("ping", done).once("pong", done));
    socket.ping();
    await Promise.race([pinged, closed]);
    socket.terminate();
  }),
);

test.for([
  ["bytes in place of a click", "click", [Buffer.from("Ada")]],
  ["bytes in a click", "click", [{ user: Buffer.from("Ada") }]],
  ["a name of 18,000 letters", "click", [{ user: "x".repeat(18_000) }]],
  ["a comment of 4,000 smileys", "click", [{ user: "Eve", comment: "🙂".repeat(4000) }]],
  ["forty values", "click", Array.from({ length: 40 }, () => "Eve")],
  ["a click of nothing", "click", []],
  ["a name of nothing", "auth", []],
  ["a name in a list, and one more", "auth", [["Eve"], "Eve"]],
  ["an event of the wrong kind", "event", [{ user: "Eve", name: { toString: "rain" } }]],
] as [string, string, unknown[]][])("%s: it is answered with an error", ([, event, values]) =>
  serve(async () => {
    const socket = await connect();
    expect(await ask(socket, event, ...values)).toEqual({ error: expect.stringMatching(/\S/) });
    // The same once more, from somebody who wants no answer.
    socket.emit(event, ...values);
    await untilRead(socket);
    socket.close();
  }),
);

/** So many come, say a name, click, and go. */
const comeAndGo = async (count: number) => {
  for (let left = count; left > 0; left -= 50) {
    const sockets = await Promise.all(Array.from({ length: Math.min(50, left) }, connect));
    await Promise.all(sockets.map((socket, at) => ask(socket, "auth", `visitor ${at}`)));
    await Promise.all(sockets.map((socket, at) => ask(socket, "click", { user: `other ${at}` })));
    for (const socket of sockets) socket.close();
  }
};
/** What is in use, when nobody is there: the least of what is printed in a while. */
const heap = async () => {
  const from = app.log().length;
  const printed = () =>
    [
      ...app
        .log()
        .slice(from)
        .matchAll(/heap (\d+)/g),
    ].map(([, it]) => Number(it));
  await eventually(() => printed().length).toBeGreaterThan(20);
  return Math.min(...printed());
};

test("300 who come and go leave nothing behind: no session, no count, no memory", async () => {
  const watching = await connect();
  let online = 0;
  watching.on("status", ({ user_count }) => {
    online = user_count;
  });
  const nobodyElse = async () => {
    await eventually(() => online).toBe(1);
    expect(await get("/api/online_users")).toEqual([]);
  };
  // The first ones make what every app keeps: compiled code, statements, buffers.
  await comeAndGo(300);
  await nobodyElse();
  const before = await heap();
  await comeAndGo(300);
  await nobodyElse();
  const kept = (await heap()) - before;
  expect(kept, "bytes kept of 300 who are gone").toBeLessThan(1_000_000);
  watching.close();
});
