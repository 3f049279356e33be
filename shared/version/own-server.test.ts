import { cpSync, existsSync, mkdirSync, realpathSync } from "node:fs";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { noteServer } from "../running/own-server.ts";
import { freePort } from "../testkit/free-port.ts";
import {
  ABOUT_COURSE,
  installTools,
  makeRepository,
  type Repository,
  type Running,
  startProcess,
  until,
} from "./fixture.ts";

/** A step that answers its version, and at /got what was sent to it. */
const APP = `import { createServer } from "node:http";
import { basename } from "node:path";

const version = basename(import.meta.dirname);
const got = [];
createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  if (request.method === "POST") got.push(JSON.parse(body).who);
  response.statusCode = request.method === "POST" ? 201 : 200;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(request.url === "/got" ? got : request.url === "/is" ? { version } : {}));
}).listen(Number(process.env.PORT), process.env.HOST);
`;

/** A clone whose course has a port of its own, and one item of example data with the clone's name. */
async function clone(who: string, usual?: number): Promise<Repository & { usual: number }> {
  const port = usual ?? (await freePort());
  const about = { ...JSON.parse(ABOUT_COURSE), port, version: { from: "00", path: "/is" } };
  const items = [{ path: "/people", body: { who } }];
  const repository = makeRepository({
    "steps/00/app.ts": APP,
    "steps/00/README.md": "# one\n",
    "steps/01/app.ts": APP,
    "steps/01/README.md": `# two\n\n## Try it\n\n\`\`\`bash\nhttp :${port}/is\n\`\`\`\n`,
    "steps/course.json": JSON.stringify(about),
    "steps/example.json": JSON.stringify({ items }),
  });
  return { ...repository, usual: port };
}

async function start(repository: Repository, ...args: string[]) {
  installTools(repository);
  const main = repository.path("shared/version/main.ts");
  const running = startProcess(process.execPath, [main, "start", ...args], {
    cwd: repository.root,
    env: { PORT: "" },
  });
  await until(() => existsSync(repository.path(".course/server.json")) || undefined);
  return running;
}

const got = (port: number) => fetch(`http://127.0.0.1:${port}/got`).then((it) => it.json());

/** A server that no clone has started; it remembers what was asked. */
async function stranger(port: number): Promise<string[]> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('{"version":"00"}');
  });
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return asked;
}

test("npm start notes its server on the course's own port, and takes the note back", async () => {
  const repository = await clone("a");
  const running = await start(repository);
  const [noted, ...more] = JSON.parse(repository.read(".course/server.json"));
  expect(more).toEqual([]);
  expect(noted).toMatchObject({
    host: "127.0.0.1",
    port: repository.usual,
    root: realpathSync(repository.root),
    course: "steps",
    step: "00",
  });
  expect(process.kill(noted.pid, 0)).toBe(true);
  running.signal("SIGTERM");
  await running.ended;
  expect(existsSync(repository.path(".course/server.json"))).toBe(false);
});

test("two clones at once: each one's fill and adopt reach its own server, on whatever port", async () => {
  const one = await clone("one");
  const two = await clone("two", one.usual);
  const other = await freePort();
  await start(one);
  // The usual port is taken by the other clone's.
  const refused = startProcess(process.execPath, [one.path("shared/version/main.ts"), "start"], {
    cwd: one.root,
    env: { PORT: "" },
  });
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain(`port ${one.usual} is in use by your own server`);
  await until(() => got(one.usual).catch(() => undefined));
  expect(await two.run("fill")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining(`the server on port ${one.usual} is unknown`),
  });
  await start(two, "--port", String(other));
  for (const repository of [two, one])
    expect(await repository.run("fill")).toEqual({ code: 0, out: "people: 1 created\n", err: "" });
  expect([await got(one.usual), await got(other)]).toEqual([["one"], ["two"]]);
  const adopted = await two.run("adopt 01");
  expect(adopted).toMatchObject({ code: 0, err: "" });
  // What the lesson asks on the usual port is asked where this clone's server listens.
  expect(adopted.out).toContain(`Try:\n  http :${other}/is\n`);
  expect(JSON.parse(two.read(".course/server.json"))).toMatchObject([
    { step: "01", startedWith: { course: "steps", step: "00" } },
  ]);
  // Confirmed when adopt is done, and the other one's is where it was.
  const version = async (port: number) =>
    ((await (await fetch(`http://127.0.0.1:${port}/is`)).json()) as { version: string }).version;
  expect([await version(one.usual), await version(other)]).toEqual(["00", "01"]);
});

test("a foreign server on the port: nothing is sent to it without --port", async () => {
  const repository = await clone("a");
  const asked = await stranger(repository.usual);
  for (const command of ["fill", "adopt 01", "next", "previous"]) await repository.run(command);
  expect(await repository.run("fill", { env: { PORT: `${repository.usual}` } })).toMatchObject({
    code: 1,
    err: `version.sh: the server on port ${repository.usual} is unknown: npm start in this folder has not started it, so nothing is sent to it. Stop it and run npm start, or name it with --port ${repository.usual}\n`,
  });
  expect(asked).toEqual([]);
  await repository.run(`fill --port ${repository.usual}`);
  expect(asked).toContain("POST /people");
});

test("an app that just starts again is waited for, also where --port names it", async () => {
  const repository = await clone("a");
  const slow = APP.replace(
    /\}\)\.listen\((.*)\);\n$/,
    "});\nsetTimeout(() => server.listen($1), 1500);\n",
  );
  repository.write({ "steps/00/app.ts": slow.replace("createServer(async", "const server = $&") });
  await start(repository);
  expect(await repository.run(`fill --port ${repository.usual}`)).toEqual({
    code: 0,
    out: "people: 1 created\n",
    err: "",
  });
});

test("a note that a copy of a clone brings along is of the other clone", async () => {
  const one = await clone("one");
  const two = await clone("two", one.usual);
  await start(one);
  await until(() => got(one.usual).catch(() => undefined));
  mkdirSync(two.path(".course"));
  cpSync(one.path(".course/server.json"), two.path(".course/server.json"));
  expect((await two.run("fill")).err).toContain("is unknown");
  expect(await got(one.usual)).toEqual([]);
});

/** Notes a process as the server of a clone, though it is none that npm start has started. */
function note(repository: Repository & { usual: number }, pid: number): void {
  const { root, usual: port } = repository;
  noteServer(
    { root, stderr: process.stderr },
    { host: "127.0.0.1", port, pid, course: "steps", step: "00" },
  );
}

const waits = () =>
  startProcess(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { cwd: "/" });

test.each([
  [
    "another process has its number since",
    (repository: Repository) => {
      const file = ".course/server.json";
      const [noted] = JSON.parse(repository.read(file));
      repository.write({ [file]: JSON.stringify([{ ...noted, pid: process.pid }]) });
    },
  ],
  ["it lives, and another process has the port", () => {}],
  [
    "it has ended",
    async (_: Repository, { signal, ended }: Running) => {
      signal("SIGKILL");
      await ended;
    },
  ],
])("a note of a server of which %s is worth nothing", async (_, change) => {
  const repository = await clone("a");
  const server = waits();
  note(repository, server.pid);
  await change(repository, server);
  const asked = await stranger(repository.usual);
  expect((await repository.run("fill")).err).toContain("is unknown");
  expect(asked).toEqual([]);
});

test("before the version route a switch is done when another process is the app", async () => {
  const repository = await clone("a");
  const about = JSON.parse(ABOUT_COURSE);
  const version = { from: "05", path: "/is" };
  repository.write({
    "steps/course.json": JSON.stringify({ ...about, port: repository.usual, version }),
  });
  await start(repository);
  const is = () => fetch(`http://127.0.0.1:${repository.usual}/is`).then((it) => it.json());
  await until(() => is().catch(() => undefined));
  for (const step of ["01", "00", "01"]) {
    expect(await repository.run(`adopt ${step}`)).toMatchObject({ code: 0, err: "" });
    expect(await is()).toEqual({ version: step });
  }
});

test("a server that does not switch: adopt says so, and what helps", async () => {
  const repository = await clone("a");
  const stuck = `require("node:http").createServer((_, response) => response.end('{"version":"00"}')).listen(${repository.usual}, "127.0.0.1", () => console.log("listens"))`;
  const running = startProcess(process.execPath, ["-e", stuck], { cwd: repository.root });
  await until(() => running.output().includes("listens") || undefined);
  note(repository, running.pid);
  expect(await repository.run("adopt 01")).toMatchObject({
    code: 0,
    err: expect.stringMatching(/still answers as step 00: stop it and run npm start again/),
  });
});

test.each(["[", "{}", '[{"port": "x"}]', "[null]"])(
  "a damaged note %s counts as none",
  async (text) => {
    const repository = await clone("a");
    repository.write({ ".course/server.json": text });
    expect((await repository.run("fill")).err).toContain("no server answers on port");
  },
);
