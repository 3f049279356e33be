import { createServer, type RequestListener } from "node:http";
import { createServer as createSocketServer, type Server } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../testkit/free-port.ts";
import { type Files, makeRepository, type Repository, startProcess, until } from "./fixture.ts";

/** A step of a small course: each has all that the ones before it have, and one thing more. */
const API = `import { createServer } from "node:http";
import { basename } from "node:path";

const version = basename(import.meta.dirname);
const [users, messages] = [[], []];
const routes = {
  "GET /api/version": { since: "01", answer: () => [200, { version }] },
  "POST /api/users": { since: "02", answer: (user) =>
    users.some((each) => each.nickname === user.nickname)
      ? [409, { error: "nickname: already taken" }]
      : [201, users[users.push({ id: users.length + 1, ...user }) - 1]] },
  "GET /api/users": { since: "03", answer: () => [200, users] },
  "POST /api/messages": { since: "04", answer: (message) =>
    message.content === "refuse me" ? [422, { error: "content: no" }]
      : [201, messages[messages.push({ id: messages.length + 1, ...message }) - 1]] },
  "GET /api/messages": { since: "05", answer: () => [200, messages] },
};
createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const route = routes[request.method + " " + request.url];
  const [status, answer] = route && version >= route.since ? route.answer(body && JSON.parse(body)) : [404, { error: "No route" }];
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
}).listen(Number(process.env.PORT), "127.0.0.1");
`;

const TITLES = [
  "hello",
  "a /api/version endpoint",
  "a POST /api/users endpoint",
  "a GET /api/users endpoint",
  "a POST /api/messages endpoint",
  "GET /api/messages to retrieve all messages",
];

const COURSE: Files = {
  ...Object.fromEntries(
    TITLES.flatMap((title, index) => [
      [`steps/0${index}/app.ts`, API],
      [`steps/0${index}/README.md`, `# ${title}\n`],
    ]),
  ),
  "steps/example.json": JSON.stringify({
    items: [
      {
        name: "alice",
        path: "/api/users",
        key: "nickname",
        body: { name: "Alice", nickname: "alice" },
      },
      { name: "bob", path: "/api/users", key: "nickname", body: { name: "Bob", nickname: "bob" } },
      {
        path: "/api/messages",
        key: "content",
        body: { author_id: "@bob", recipient_id: "@alice", content: "hello @all" },
      },
    ],
  }),
};

interface RunningStep {
  readonly repository: Repository;
  fill(): Promise<{ code: number; out: string; err: string }>;
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
}

async function startStep(step: string, files: Files = {}): Promise<RunningStep> {
  const repository = makeRepository({ ...COURSE, ...files });
  await repository.run(`adopt ${step}`);
  const port = await freePort();
  const env = { PORT: String(port) };
  startProcess(process.execPath, [`steps/${step}/app.ts`], { cwd: repository.root, env });
  const url = `http://127.0.0.1:${port}`;
  await until(() =>
    fetch(url).then(
      () => true,
      () => undefined,
    ),
  );
  const json = (response: Response) => response.json();
  return {
    repository,
    fill: () => repository.run(["fill", "--port", String(port)]),
    get: (path) => fetch(url + path).then(json),
    post: (path, body) =>
      fetch(url + path, { method: "POST", body: JSON.stringify(body) }).then(json),
  };
}

test.each([
  [
    "00",
    "users: step 00 has no POST /api/users yet; it comes with 02\nmessages: step 00 has no POST /api/messages yet; it comes with 04\n",
  ],
  [
    "01",
    "users: step 01 has no POST /api/users yet; it comes with 02\nmessages: step 01 has no POST /api/messages yet; it comes with 04\n",
  ],
  ["02", "users: 2 created\nmessages: step 02 has no POST /api/messages yet; it comes with 04\n"],
  ["03", "users: 2 created\nmessages: step 03 has no POST /api/messages yet; it comes with 04\n"],
  ["04", "users: 2 created\nmessages: 1 created\n"],
  ["05", "users: 2 created\nmessages: 1 created\n"],
])("fill at step %s, as far as it has the API", async (step, out) => {
  expect(await (await startStep(step)).fill()).toEqual({ code: 0, out, err: "" });
});

test.each([
  [
    "02",
    "users: 2 there already\nmessages: step 02 has no POST /api/messages yet; it comes with 04\n",
  ],
  [
    "03",
    "users: 2 there already\nmessages: step 03 has no POST /api/messages yet; it comes with 04\n",
  ],
  [
    "04",
    "users: 2 there already\nmessages: 1 created (perhaps again: which are there can be seen only from step 05 on)\n",
  ],
  ["05", "users: 2 there already\nmessages: 1 there already\n"],
])("fill a second time at step %s", async (step, out) => {
  const running = await startStep(step);
  await running.fill();
  expect(await running.fill()).toEqual({ code: 0, out, err: "" });
});

test("messages refer to the ids that the users have here", async () => {
  const running = await startStep("05");
  await running.post("/api/users", { name: "Me", nickname: "me" });
  await running.post("/api/users", { name: "Other", nickname: "alice" });
  expect((await running.fill()).out).toBe(
    "users: 1 created, 1 there already\nmessages: 1 created\n",
  );
  expect(await running.get("/api/messages")).toEqual([
    { id: 1, author_id: 3, recipient_id: 2, content: "hello @all" },
  ]);
});

test("an item that the step refuses: a line with its reason", async () => {
  const items = [{ path: "/api/messages", key: "content", body: { content: "refuse me" } }];
  const running = await startStep("05", { "steps/example.json": JSON.stringify({ items }) });
  expect(await running.fill()).toMatchObject({
    code: 1,
    err: 'version.sh: step 05 refused /api/messages {"content":"refuse me"}: status 422, content: no\n',
  });
});

test.each([
  ["{", "steps/example.json is not valid JSON"],
  ['{"items": [{"path": "users"}]}', "steps/example.json: items.0.path: "],
  ['{"items": [], "more": 1}', "steps/example.json: "],
])("example data %s: a line that names the fault", async (text, line) => {
  const running = await startStep("05", { "steps/example.json": text });
  expect(await running.fill()).toMatchObject({ code: 1, err: expect.stringContaining(line) });
});

test("no server there: how to start one", async () => {
  const repository = makeRepository(COURSE);
  const port = await freePort();
  expect(await repository.run(`fill --port ${port}`)).toEqual({
    code: 1,
    out: "",
    err: `version.sh: no server answers on port ${port}: start one in another terminal with npm start -- --port ${port} (or name another port with --port)\n`,
  });
});

const html: RequestListener = (_, response) => response.end("<p>hello</p>");
const json: RequestListener = (_, response) => response.end('{"version":"99"}');
const nothing: RequestListener = (_, response) => response.writeHead(404).end();

test.each([
  [
    "a web page",
    createServer(html),
    "is no step of this course (it answers /api/version with status 200)",
  ],
  ["another version", createServer(json), "is no step of this course"],
  [
    "404 where the adopted step has a version",
    createServer(nothing),
    "is no step of this course (it has no /api/version)",
  ],
  [
    "no HTTP",
    createSocketServer((socket) => socket.end("hello\n")),
    "is no step of this course (it does not answer in HTTP",
  ],
  ["silence", createSocketServer(() => {}), "did not answer /api/version within 5 s"],
])("something else answers: %s", async (_, server: Server, line) => {
  const repository = makeRepository(COURSE);
  await repository.run("adopt 05");
  const port = await listen(server);
  expect(await repository.run(["fill", "--port", String(port)])).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining(line),
  });
});

test.each(["0", "65536", "abc", "80.5", "-1"])("fill --port=%s is refused", async (port) => {
  expect(await makeRepository(COURSE).run(`fill --port=${port}`)).toMatchObject({
    code: 2,
    err: expect.stringContaining(`'${port}' (--port) is no port`),
  });
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<{ destroy(): void }>();
  server.on("connection", (socket) => sockets.add(socket));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((done) => server.close(() => done()));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
