import { spawnSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../testkit/free-port.ts";
import {
  APP,
  FOUR_STEPS,
  installTools,
  makeRepository,
  type Repository,
  saveUntil,
  startProcess,
  until,
} from "./fixture.ts";

async function start(env: (repository: Repository) => object = () => ({}), files = FOUR_STEPS) {
  const repository = makeRepository(files);
  installTools(repository);
  const port = await freePort();
  const main = repository.path("shared/version/main.ts");
  const running = startProcess(process.execPath, [main, "start", "01"], {
    cwd: repository.root,
    env: { PORT: String(port), ...env(repository) },
  });
  const answer = async () => {
    const response = await fetch(`http://127.0.0.1:${port}`).catch(() => undefined);
    return (await response?.json().catch(() => undefined)) as Record<string, unknown> | undefined;
  };
  const answers = (version: string) =>
    until(async () => (await answer())?.version === version || undefined);
  return { repository, port, running, answer, answers };
}

/**
 * Changes fs.watch in all processes of a server. A mock: no file system that can be had in a test keeps
 * changes to itself, and limits are those of the whole machine.
 */
const withWatch = (body: string) => (repository: Repository) => {
  repository.write({
    "watch.mjs": `import { EventEmitter } from "node:events";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
fs.watch = (path) => { ${body} };
syncBuiltinESMExports();
`,
  });
  return { NODE_OPTIONS: `--import="${pathToFileURL(repository.path("watch.mjs"))}"` };
};
const DEAF = "return Object.assign(new EventEmitter(), { close() {} });";

const CURE = /tells nobody that a file has changed .*CHOKIDAR_USEPOLLING=1 npm start\n/;

test("where no change is told, a switch comes all the same, and start and adopt say what helps", async () => {
  const { repository, running, answers } = await start(withWatch(DEAF));
  await answers("01");
  // On a slow day the switch comes later than adopt waits.
  for (const [verb, version] of [
    ["adopt 01b", "01b"],
    ["next", "02"],
  ] as const) {
    expect((await repository.run(verb)).code).toBe(0);
    await answers(version);
  }
  await until(async () => CURE.test((await repository.run("try 01")).err) || undefined);
  await answers("01");
  expect(running.output().match(new RegExp(CURE, "g"))).toHaveLength(1);
});

test("what is said to help where no change is told helps: saves and switches come", async () => {
  const { repository, running, answer, answers } = await start((it) => ({
    ...withWatch(DEAF)(it),
    CHOKIDAR_USEPOLLING: "1",
  }));
  await answers("01");
  await repository.run("adopt 02");
  await answers("02");
  const edited = APP.replace("{ version,", `{ mark: "edited", version,`);
  await saveUntil(
    () => repository.write({ "steps/02/app.ts": edited }),
    async () => (await answer())?.mark === "edited" || undefined,
  );
  expect(running.output()).not.toMatch(CURE);
});

test.each([
  ["ENOSPC", "max_user_watches=524288"],
  ["EMFILE", "max_user_instances=1024"],
])(
  "a limit on watches (%s) is no full disk: start names it, and what helps",
  async (code, limit) => {
    const { running } = await start(
      withWatch(
        `throw Object.assign(new Error("${code}: watch"), { code: "${code}", syscall: "watch", path });`,
      ),
    );
    expect(await running.ended).toBe(1);
    const [line, ...more] = running.output().trimEnd().split("\n").slice(-1);
    expect(more).toEqual([]);
    expect(line).toMatch(
      new RegExp(
        `^version\\.sh: no further file can be watched .*sudo sysctl fs\\.inotify\\.${limit}\\. Or without them: CHOKIDAR_USEPOLLING=1 npm start$`,
      ),
    );
    expect(running.output()).not.toMatch(/disk|^\s+at /m);
  },
);

test("a port that somebody else takes during a switch is told, and taken again when it is free", async () => {
  // Between two runs of the app, where nobody has the port, somebody is quicker.
  const slow = `process.on("exit", () => {});\n${APP}`;
  const { repository, port, running, answer, answers } = await start(undefined, {
    ...FOUR_STEPS,
    "steps/02/app.ts": `await new Promise((done) => setTimeout(done, 2000));\n${slow}`,
  });
  await answers("01");
  const switched = repository.run("adopt 02");
  const other: Server = createServer((_, response) => response.end("{}"));
  onTestFinished(() => void other.close());
  await until(
    () =>
      new Promise<true | undefined>((done) => {
        other.once("error", () => done(undefined));
        other.listen(port, "127.0.0.1", () => done(true));
      }),
  );
  await until(() => running.output().includes(`port ${port} was taken by another program`));
  await switched;
  expect(await answer()).toEqual({});
  other.closeAllConnections();
  other.close();
  await answers("02");
});

// Windows has no job control.
test.skipIf(process.platform === "win32" || spawnSync("script", ["--version"]).error !== undefined)(
  "npm start & in a terminal runs, is not stopped because it reads the terminal, and ends by kill %1",
  async () => {
    // An app that has something to finish.
    const slow = `import { writeFileSync } from "node:fs";
process.on("SIGTERM", () => setTimeout(() => process.exit(writeFileSync("ended", "")), 1500));
${APP}`;
    const repository = makeRepository({ ...FOUR_STEPS, "steps/02/app.ts": slow });
    installTools(repository);
    const port = await freePort();
    const main = repository.path("shared/version/main.ts");
    const shell = `set -m; "${process.execPath}" "${main}" start 01 & for i in $(seq 400); do sleep 0.2; jobs -s; [ -e go ] && break; done; kill %1; wait`;
    const terminal = startProcess("script", ["-qec", `bash -c '${shell}'`, "/dev/null"], {
      cwd: repository.root,
      env: { PORT: String(port) },
    });
    const version = async () => {
      const response = await fetch(`http://127.0.0.1:${port}`).catch(() => undefined);
      return ((await response?.json()) as { version?: string } | undefined)?.version;
    };
    await until(async () => (await version()) === "01" || undefined);
    await repository.run("adopt 02");
    await until(async () => (await version()) === "02" || undefined);
    repository.write({ go: "" });
    await terminal.ended;
    expect(terminal.output()).not.toMatch(/Stopped|Force killing/);
    expect(repository.read("ended")).toBe("");
  },
);

test.skipIf(process.platform === "win32").each([
  ["whose name is too long for a socket", "long".repeat(30)],
  ["that is none", "package.json/folder"],
])("a folder for temporary files %s (TMPDIR): the server runs, and switches", async (_, name) => {
  const { repository, answers } = await start((it) => ({ TMPDIR: it.path(name) }));
  await answers("01");
  await repository.run("adopt 02");
  await answers("02");
});
