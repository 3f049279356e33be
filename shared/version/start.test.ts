import { existsSync, readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { parentOf } from "../running/process-tree.ts";
import { freePort } from "../testkit/free-port.ts";
import {
  APP,
  FOUR_STEPS,
  installTools,
  makeRepository,
  type Repository,
  type Running,
  saveUntil,
  startProcess,
  until,
} from "./fixture.ts";

interface Answer {
  readonly version: string;
  readonly processes: number[];
  readonly mark?: string;
}

interface Started {
  readonly repository: Repository;
  readonly port: number;
  readonly process: Running;
  /** Waits until this step answers. */
  answers(version: string): Promise<Answer>;
}

/** Runs `start` as its own process, as npm start does. */
async function start(
  args: string[],
  repository: Repository = makeRepository(),
  env = {},
): Promise<Started> {
  installTools(repository);
  const port = await freePort();
  const process_ = startProcess(
    process.execPath,
    [repository.path("shared/version/main.ts"), "start", ...args],
    {
      cwd: repository.root,
      env: { PORT: String(port), ...env },
    },
  );
  const ask = async () => (await (await fetch(`http://127.0.0.1:${port}`)).json()) as Answer;
  const answers = (version: string) =>
    until(async () => {
      // While it restarts, nothing answers.
      const answer = await ask().catch(() => undefined);
      return answer?.version === version ? answer : undefined;
    });
  return { repository, port, process: process_, answers };
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test.each([
  [["6180"], { npm_config_port: "true" }, "--port 6180"],
  [["03"], { npm_config_fill: "true" }, "03 --fill"],
  [["03"], { npm_config_port: "6180", npm_config_fill: "true" }, "03 --port 6180 --fill"],
  [[], { npm_config_port: "true" }, "--port 5002"],
])("what npm start %j swallowed (%j) is named: exit code 2", async (typed, settings, meant) => {
  const env = { ...settings, npm_lifecycle_event: "start" };
  const { code, err } = await makeRepository().run(["start", ...typed], { env });
  expect(code).toBe(2);
  expect(err).toBe(
    `version.sh: npm keeps options for itself that do not stand behind --: npm start -- ${meant}\n`,
  );
});

test("start runs the first step, says what it is, and what to type next", async () => {
  const { repository, port, process, answers } = await start([]);
  await answers("00");
  expect(repository.read("step.txt")).toBe("steps/00\n");
  expect(process.output()).toContain("Step 00: the simplest possible hello app\n");
  for (const part of [
    `http://localhost:${port}`,
    "steps/00/",
    "./version.sh next",
    "./version.sh diff",
    "Ctrl-C",
  ])
    expect(process.output()).toContain(part);
});

test("a running server switches to the adopted step, forwards and backwards", async () => {
  const { repository, answers } = await start(["01"]);
  await answers("01");
  for (const step of ["01b", "02", "00", "01b", "01"]) {
    expect((await repository.run(`adopt ${step}`)).code).toBe(0);
    expect(await answers(step)).toMatchObject({ version: step });
  }
});

test("a running server switches without links too", async () => {
  const env = { COURSE_LINKS: "copies" };
  const { repository, answers } = await start(["01"], makeRepository(), env);
  for (const step of ["01", "02", "01b"]) {
    await repository.run(`adopt ${step}`, { env });
    await answers(step);
  }
});

test.each([{}, { COURSE_LINKS: "copies" }])(
  "a running server shows the learner's own code while they write, with its own data (%o)",
  async (env) => {
    const { repository, answers } = await start(["01"], makeRepository(), env);
    await answers("01");
    expect((await repository.run("try 02", { env })).code).toBe(0);
    await answers("02");
    const own = APP.replace("{ version,", `{ mark: "mine", version,`);
    await saveUntil(
      () => repository.write({ "mine/steps/02/app.ts": own }),
      async () => ((await answers("02")).mark === "mine" ? true : undefined),
    );
    expect((await repository.run("adopt 02", { env })).code).toBe(0);
    await until(async () => ((await answers("02")).mark === undefined ? true : undefined));
    expect(repository.read("mine/steps/02/app.ts")).toBe(own);
  },
);

test("a change of the step's code restarts it, also after a switch", async () => {
  const { repository, answers } = await start(["00"]);
  await answers("00");
  for (const step of ["00", "02"]) {
    await repository.run(`adopt ${step}`);
    await answers(step);
    const edited = APP.replace("{ version,", `{ mark: "edited", version,`);
    await saveUntil(
      () => repository.write({ [`steps/${step}/app.ts`]: edited }),
      async () => ((await answers(step)).mark === "edited" ? true : undefined),
    );
  }
});

// Windows has no signals that tell who ended a process.
test.skipIf(process.platform === "win32")(
  "an app that is killed is named at once, and starts again at the next save or switch",
  async () => {
    const { process: running, repository, answers } = await start(["00"]);
    const kill = async (step: string, times: number) => {
      const { processes } = await answers(step);
      process.kill(processes[0] as number, "SIGKILL");
      const told = () => running.output().split("the app was ended by SIGKILL").length - 1;
      await until(() => told() === times);
      return processes;
    };
    const [first, watcher] = await kill("00", 1);
    await repository.run("adopt 01");
    const [second, ...others] = await kill("01", 2);
    expect(second).not.toBe(first);
    // By the same server, which runs on.
    expect(others[0]).toBe(watcher);
    const edited = APP.replace("{ version,", `{ mark: "edited", version,`);
    await saveUntil(
      () => repository.write({ "steps/01/app.ts": edited }),
      async () => ((await answers("01")).mark === "edited" ? true : undefined),
    );
    running.signal("SIGTERM");
    expect(await running.ended).toBe(0);
  },
);

// Windows ends processes without telling them.
test.skipIf(process.platform === "win32").each(["npm", "its shell", "start", "tsx"])(
  "%s is killed, and nothing outlives it",
  async (killed) => {
    const repository = makeRepository();
    installTools(repository);
    const port = await freePort();
    const main = repository.path("shared/version/main.ts");
    // As npm does it: a process with a shell below, which waits for start.
    const npm = startProcess(
      process.execPath,
      [
        "-e",
        `require("node:child_process").spawn("sh", ["-c", '"${process.execPath}" "${main}" start; :'], { stdio: "inherit" })`,
      ],
      { cwd: repository.root, env: { PORT: String(port), npm_lifecycle_event: "start" } },
    );
    const ask = async () => (await (await fetch(`http://127.0.0.1:${port}`)).json()) as Answer;
    const [app = 0, tsx = 0] = (await until(() => ask().catch(() => undefined))).processes;
    const start = parentOf(tsx) ?? 0;
    const chain = { npm: npm.pid, "its shell": parentOf(start) ?? 0, start, tsx };
    process.kill(chain[killed as keyof typeof chain], "SIGKILL");
    await until(() => ![start, tsx, app].some(isAlive) || undefined);
  },
);

test.skipIf(process.platform === "win32")(
  "start is killed before tsx is there, and nothing outlives it",
  async () => {
    const { process: running, repository } = await start([]);
    const note = repository.path(".course/server.json");
    const [{ pid: tsx }] = await until(
      () => existsSync(note) && JSON.parse(readFileSync(note, "utf8")),
    );
    running.signal("SIGKILL");
    await running.ended;
    await until(() => !isAlive(tsx) || undefined);
  },
);

// From before tsx is there until its app is: a signal may come between any two lines of theirs.
test.skipIf(process.platform === "win32").each([0, 50, 100, 150, 200, 250, 300, 400, 600])(
  "SIGTERM %i ms after start has noted its server ends it, and nothing outlives it",
  async (ms) => {
    const { process: running, repository } = await start([]);
    await until(() => existsSync(repository.path(".course/server.json")) || undefined);
    await sleep(ms);
    running.signal("SIGTERM");
    // What outlives it holds its output: then this waits for ever.
    expect(await running.ended).toBe(0);
  },
);

test.skipIf(process.platform === "win32").each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s stops it with exit code 0 and leaves no process behind",
  async (signal) => {
    const { process, answers } = await start(["00"]);
    const { processes } = await answers("00");
    process.signal(signal);
    expect(await process.ended).toBe(0);
    expect([process.pid, ...processes].filter(isAlive)).toEqual([]);
  },
);

test.skipIf(process.platform === "win32")(
  "it stops a server that does not listen to signals too",
  async () => {
    const stubborn = `process.on("SIGTERM", () => {}); process.on("SIGINT", () => {});\n${APP}`;
    const { process: running, answers } = await start(
      ["00"],
      makeRepository({ ...FOUR_STEPS, "steps/00/app.ts": stubborn }),
    );
    const { processes } = await answers("00");
    running.signal("SIGTERM");
    expect(await running.ended).toBe(0);
    expect(processes.filter(isAlive)).toEqual([]);
  },
);

test("a busy port: a line with the cure, and nothing is adopted", async () => {
  const server = createServer();
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  const port = await freePort();
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const { repository, process } = await start(["01", "--port", String(port)]);
  expect(await process.ended).toBe(1);
  expect(process.output()).toMatch(
    new RegExp(`^version.sh: port ${port} is in use: .*npm start -- --port 5002\n$`),
  );
  expect((await repository.run("current")).code).toBe(1);
});

test.each([
  [{ HOST: "192.0.2.1" }, 1, "cannot listen on 192.0.2.1"],
  [{ PORT: "http" }, 2, "'http' (PORT) is no port"],
])("start with %j: a line", async (env, code, line) => {
  const { process } = await start([], makeRepository(), env);
  expect(await process.ended).toBe(code);
  expect(process.output()).toContain(line);
});

test("start where the adopted step is gone: a line", async () => {
  const repository = makeRepository({ ...FOUR_STEPS, "step.txt": "steps/07\n" });
  const { process } = await start([], repository);
  expect(await process.ended).toBe(1);
  expect(process.output()).toContain("the adopted step steps/07 (step.txt) is not there any more");
});

test("start keeps the adopted step, and repairs a link that went missing or astray", async () => {
  const repository = makeRepository();
  await repository.run("adopt 02");
  rmSync(repository.path("app.ts"));
  symlinkSync("steps/01/app.ts", repository.path("app.ts"));
  const { process, answers } = await start([], repository);
  await answers("02");
  expect(readlinkSync(repository.path("app.ts"))).toBe("steps/02/app.ts");
  expect(process.output()).toContain("app.ts did not lead to steps/02/app.ts: it does again.");
});

test("start --fill sends the example data once the step answers", async () => {
  const api = APP.replace(
    "response.end(",
    `if (request.method === "POST") response.statusCode = 201;
  else if (request.url === "/api/users") return response.end("[]");
  response.end(`,
  );
  const example = { items: [{ path: "/api/users", key: "nickname", body: { nickname: "alice" } }] };
  const repository = makeRepository({
    ...FOUR_STEPS,
    "steps/02/app.ts": api,
    "steps/example.json": JSON.stringify(example),
  });
  const { process } = await start(["02", "--fill"], repository);
  await until(() => process.output().includes("users: 1 created\n") || undefined);
});

test("start --fill without example data says so, and the server runs on", async () => {
  const { process, answers } = await start(["02", "--fill"]);
  await until(
    () =>
      process.output().includes("no example data: the course steps/ has no example data") ||
      undefined,
  );
  await answers("02");
});
