import { once } from "node:events";
import { createServer } from "node:http";
import { Server, type Socket } from "socket.io";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../testkit/free-port.ts";
import { ABOUT_COURSE, type Files, makeRepository } from "./fixture.ts";

/** A step of a small course: "press" comes with 01, "cheer" with 02. */
interface Step {
  readonly fill: () => Promise<{ code: number; out: string; err: string }>;
  /** What came over sockets: from which connection, with which cookie, and what. */
  readonly heard: { from: string; cookie?: string | undefined; event: string; data: unknown }[];
}

type Hear = (event: string, data: Record<string, unknown>, socket: Socket) => object | undefined;
interface Running {
  readonly version?: string;
  /** What is acknowledged; nothing where it is undefined. */
  readonly hear?: Hear;
  readonly listed?: boolean;
  readonly path?: string;
}

const COURSE: Files = {
  "steps/00/app.ts": "",
  "steps/00/README.md": "# one\n",
  "steps/01/app.ts": "",
  "steps/01/README.md": "# two\n",
  "steps/02/app.ts": "",
  "steps/02/README.md": "# three\n",
  "steps/course.json": JSON.stringify({ ...JSON.parse(ABOUT_COURSE), socketPath: "/live" }),
};

const EVENTS = {
  press: { from: "01", list: "/presses", key: ["user", "comment"], sender: "user" },
  cheer: { from: "02", sender: "user" },
};
const press = (user: string, comment?: string) => ({
  emit: "press",
  data: { user, ...(comment && { comment }) },
});

/** Runs a step of the course in this process, and a repository that fills it. */
async function startStep(
  items: unknown[],
  { version = "02", hear = () => ({}), listed = true, path = "/live" }: Running = {},
): Promise<Step> {
  const heard: Step["heard"] = [];
  const server = createServer(({ url }, response) => {
    const answers: Record<string, unknown> = {
      "/api/version": { version },
      "/login": { id: 7, token: "t" },
      ...(listed && {
        // As the step tells it: the newest first, and what is missing is null.
        "/presses": heard
          .filter(({ event }) => event === "press")
          .map(({ data }, id) => ({ id, comment: null, ...(data as object) }))
          .reverse(),
      }),
    };
    const answer = answers[url ?? ""];
    response.writeHead(answer === undefined ? 404 : 200, { "set-cookie": "sid=s1; Path=/" });
    response.end(JSON.stringify(answer ?? {}));
  });
  const io = new Server(server, { path, transports: ["websocket"] });
  io.on("connection", (socket) => {
    socket.onAny((event, ...values) => {
      const acknowledge = values.pop();
      const [data] = values;
      const answer = hear(event, data, socket);
      const cookie = socket.handshake.headers.cookie;
      if (answer && !("error" in answer)) heard.push({ from: socket.id, cookie, event, data });
      if (answer) acknowledge(answer);
    });
  });
  const port = await freePort();
  await once(server.listen(port, "127.0.0.1"), "listening");
  onTestFinished(() => io.close());
  const repository = makeRepository({
    ...COURSE,
    "steps/example.json": JSON.stringify({ events: EVENTS, items }),
  });
  return { heard, fill: () => repository.run(["fill", "--port", String(port)]) };
}

/** Who sent what, and from how many connections. */
const told = ({ heard }: Step) => ({
  data: heard.map(({ data }) => data),
  connections: new Set(heard.map(({ from }) => from)).size,
});

test("a sender has one connection for all events", async () => {
  const cheer = { emit: "cheer", data: { user: "Alice" } };
  const step = await startStep([press("Alice"), press("Bob"), cheer]);
  expect((await step.fill()).out).toBe("press: 2 sent\ncheer: 1 sent\n");
  expect(told(step)).toMatchObject({ connections: 2 });
  expect(step.heard[2]?.from).toBe(step.heard[0]?.from);
});

test("each sender gets a connection, and what is listed already is not sent again", async () => {
  const step = await startStep([
    press("Alice", "hello"),
    press("Bob"),
    press("Alice"),
    { ...press("Bob"), times: 3 },
  ]);
  expect(await step.fill()).toEqual({ code: 0, out: "press: 6 sent\n", err: "" });
  const data = [
    { user: "Alice", comment: "hello" },
    { user: "Bob" },
    { user: "Alice" },
    ...Array(3).fill({ user: "Bob" }),
  ];
  expect(told(step)).toEqual({ data, connections: 2 });
  expect(await step.fill()).toEqual({ code: 0, out: "press: 6 there already\n", err: "" });
  expect(told(step).data).toEqual(data);
  // As if somebody had pressed meanwhile, or taken some away.
  step.heard.splice(4, 1);
  expect((await step.fill()).out).toBe("press: 1 sent, 5 there already\n");
});

test.each([
  ["00", "nothing to fill at step 00 yet: press comes with 01, cheer with 02\n"],
  [
    "01",
    "press: 1 sent, 1 more from step 02 on\ncheer: step 01 takes none yet; it comes with 02\n",
  ],
  ["02", "press: 2 sent\ncheer: 1 sent\n"],
])("step %s gets what it takes", async (version, out) => {
  const items = [press("Alice"), { ...press("Bob"), from: "02" }, { emit: "cheer" }];
  const step = await startStep(items, { version });
  expect(await step.fill()).toEqual({ code: 0, out, err: "" });
});

test("headers and data take values of earlier answers; without data nothing is sent along", async () => {
  const step = await startStep(
    [
      { name: "alice", path: "/login", body: { name: "Alice" } },
      { emit: "cheer", headers: { cookie: "@alice.cookie" }, data: { by: "@alice", text: "a@b" } },
      { name: "second", emit: "cheer" },
      { emit: "cheer", data: { after: "@second.number" } },
    ],
    { hear: () => ({ number: 12 }) },
  );
  expect((await step.fill()).out).toBe("login: 1 created\ncheer: 3 sent\n");
  expect(step.heard).toMatchObject([
    { cookie: "sid=s1", data: { by: 7, text: "a@b" } },
    { cookie: undefined, data: undefined },
    { data: { after: 12 } },
  ]);
});

test("no connection is faster than twenty events a second", async () => {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const hear: Hear = (_event, _data, { id }) => {
    const bucket = buckets.get(id) ?? { tokens: 20, at: performance.now() };
    const at = performance.now();
    const tokens = Math.min(20, bucket.tokens + (at - bucket.at) / 50);
    buckets.set(id, { tokens: tokens - 1, at });
    return tokens < 1 ? { error: "too fast" } : {};
  };
  const step = await startStep([{ ...press("Alice"), times: 45 }], { hear });
  expect(await step.fill()).toEqual({ code: 0, out: "press: 45 sent\n", err: "" });
});

const refused = (line: string) => ({ code: 1, err: expect.stringContaining(line) });

test.each<[string, Running, string]>([
  [
    "an error in the acknowledgement",
    { hear: () => ({ error: "user: too long" }) },
    'version.sh: step 02 refused press {"user":"Alice"}: user: too long\n',
  ],
  [
    "a connection that ends",
    { hear: (_event, _data, socket) => void socket.disconnect(true) },
    'step 02 ended the connection at press {"user":"Alice"}: see what npm start prints',
  ],
  ["no acknowledgement", { hear: () => undefined }, "did not acknowledge press within 5 s"],
  ["sockets elsewhere", { path: "/socket.io" }, "step 02 lets no socket in at /live ("],
  [
    "no list of what is there",
    { listed: false },
    "step 02 answers /presses with status 404, and not with a list of what is there already: nothing was sent",
  ],
])("%s: a line", async (_, running, line) => {
  const step = await startStep([press("Alice")], running);
  expect(await step.fill()).toMatchObject(refused(line));
  expect(step.heard).toEqual([]);
});

test.each([
  [
    { emit: "klick" },
    'items.1.emit: "klick" is none of the events that it lists: add it to events',
  ],
  [{ emit: "press", from: "3" }, 'items.1.from: must be a step, such as "07b"'],
  [{ emit: "press", from: "07" }, "items.1.from: the course has no step 07: name one that it has"],
  [{ emit: "press", times: 0 }, "items.1.times: "],
  [{ emit: "press", data: { user: null } }, "items.1.data.user: "],
  [{ emit: "press", path: "/presses" }, 'items.1: Unrecognized key: "path"'],
  [{ emit: "press", data: { user: "@bob" } }, 'items.1: "@bob" is no item before it'],
  [{ emit: "press", headers: { cookie: "@bob.cookie" } }, 'items.1: "@bob" is no item before it'],
])("example data %j: a line that names file, key and cure", async (item, line) => {
  const step = await startStep([press("Alice"), item]);
  expect(await step.fill()).toMatchObject(refused(`steps/example.json: ${line}`));
  expect(step.heard).toEqual([]);
});

test.each([
  [{ press: {} }, "events.press.from: "],
  [{ press: { from: "07" } }, "events.press.from: the course has no step 07"],
  [
    { press: { from: "01", list: "/presses" } },
    "events.press: needs both a list and a key, or neither",
  ],
  [
    { press: { from: "01", key: ["user"] } },
    "events.press: needs both a list and a key, or neither",
  ],
  [{ press: { from: "01", list: "presses", key: ["user"] } }, "events.press.list: "],
  [{ press: { from: "01", lists: "/presses" } }, 'events.press: Unrecognized key: "lists"'],
])("events %j: a line that names file, key and cure", async (events, line) => {
  const repository = makeRepository({
    ...COURSE,
    "steps/example.json": JSON.stringify({ events, items: [] }),
  });
  expect(await repository.run("fill --port 9")).toMatchObject(
    refused(`version.sh: steps/example.json: ${line}`),
  );
});
