import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { freePort } from "../testkit/free-port.ts";
import {
  APP,
  installTools,
  makeRepository,
  type Repository,
  startProcess,
  until,
} from "./fixture.ts";

function bash(repository: Repository, script: string, cwd = repository.root, more = {}) {
  // As on a machine whose own Node is another one, or none.
  const env = {
    PATH: "/usr/bin:/bin",
    HOME: repository.root,
    NO_COLOR: "1",
    SystemRoot: process.env.SystemRoot,
    ...more,
  };
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], {
    cwd,
    env,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

function withTools(): Repository {
  const repository = makeRepository();
  installTools(repository);
  return repository;
}

test("from the root, from a folder below, by its absolute path", () => {
  const repository = withTools();
  mkdirSync(repository.path("a folder/below"), { recursive: true });
  expect(bash(repository, "./version.sh adopt 1b")).toMatchObject({ code: 0, err: "" });
  const line = "step 01b: a page to see the users (steps/01b/)\n";
  for (const script of [
    "../../version.sh current",
    `"${repository.path("version.sh")}" current`,
    "CDPATH=/tmp ../../version.sh current",
  ])
    expect(bash(repository, script, repository.path("a folder/below"))).toEqual({
      code: 0,
      out: line,
      err: "",
    });
});

test("through links to it, relative and absolute", () => {
  const repository = withTools();
  mkdirSync(repository.path("bin"));
  symlinkSync("../version.sh", repository.path("bin/relative"));
  symlinkSync(repository.path("bin/relative"), repository.path("bin/absolute"));
  for (const name of ["relative", "absolute"])
    expect(bash(repository, `./${name} adopt 02`, repository.path("bin"))).toMatchObject({
      code: 0,
      err: "",
    });
  expect(repository.read("step.txt")).toBe("steps/02\n");
});

/** Programs of a machine with nothing but its own Node and npm. */
const MACHINE = { PATH: `${dirname(process.execPath)}:${process.env.PATH}` };

test.each<[string, string[], object, RegExp]>([
  ["nothing is installed", [], {}, /nothing is installed yet: run npm install in \S+ first/],
  [
    "an install that did not finish",
    ["express/package.json"],
    {},
    /did not finish .*: run npm install in \S+ again/,
  ],
  [
    "scripts that npm is set to skip",
    ["node/package.json"],
    { npm_config_ignore_scripts: "true" },
    /npm is set to skip .* \(ignore-scripts\): run npm rebuild --ignore-scripts=false node esbuild in/,
  ],
  [
    "scripts that were skipped once",
    ["node/package.json"],
    { npm_config_ignore_scripts: "false" },
    /interrupted, or ran with --ignore-scripts: run npm rebuild --ignore-scripts=false node esbuild in/,
  ],
])(
  "%s: one line that names cause and cure, by version.sh and by npm start",
  (_, files, env, line) => {
    const repository = withTools();
    rmSync(repository.path("node_modules"));
    repository.write(Object.fromEntries(files.map((path) => [`node_modules/${path}`, "{}"])));
    for (const command of [
      "./version.sh list",
      "node shared/version/preflight.cjs shared/version/main.ts start",
    ]) {
      const { code, out, err } = bash(repository, command, repository.root, { ...MACHINE, ...env });
      expect([code, out]).toEqual([1, ""]);
      expect(err).toMatch(line);
      expect(err).toMatch(/^version\.sh: .*\n$/);
    }
  },
);

test("without any Node: one line", () => {
  const repository = withTools();
  rmSync(repository.path("node_modules"));
  const { out } = bash(repository, "type -P bash dirname");
  const [shell = "", dirnameProgram = ""] = out.split("\n");
  mkdirSync(repository.path("bin"));
  symlinkSync(dirnameProgram, repository.path("bin/dirname"));
  expect(bash(repository, `PATH="$PWD/bin" ${shell} version.sh list`)).toEqual({
    code: 1,
    out: "",
    err: expect.stringMatching(/^version\.sh: Node\.js is not there: install it from .*\n$/),
  });
});

test("a Node that may not be run, as on a disk that allows no programs: one line", () => {
  const repository = withTools();
  rmSync(repository.path("node_modules"));
  repository.write({ "node_modules/node/package.json": "{}", "node_modules/node/bin/node": "" });
  const start = "node shared/version/preflight.cjs shared/version/main.ts start";
  for (const command of ["./version.sh list", start]) {
    const { code, out, err } = bash(repository, command, repository.root, MACHINE);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(
      /^version\.sh: the course's own Node may not be run in .*noexec.*: run npm ci there, or move .*\n$/,
    );
  }
});

test("options for another Node that let none start are named", () => {
  const repository = withTools();
  const run = (NODE_OPTIONS: string) =>
    bash(repository, "./version.sh current", repository.root, { NODE_OPTIONS });
  expect(run("--require /not/there.js")).toEqual({
    code: 1,
    out: "",
    err: "version.sh: Node cannot start with NODE_OPTIONS='--require /not/there.js': type unset NODE_OPTIONS, then try again\n",
  });
  expect(run("--max-old-space-size=300").err).toContain("no step is adopted yet");
});

test.skipIf(!existsSync("/dev/full"))("what cannot be written to a full disk is no trace", () => {
  const { code, err } = bash(withTools(), "./version.sh list > /dev/full");
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(
      /^version\.sh: what it shows was not written: .* the disk is full\. .*\n$/,
    ),
  ]);
});

test("node_modules of another system are named", () => {
  const repository = withTools();
  rmSync(repository.path("node_modules"));
  // The beginning of a program for Windows.
  repository.write({ "node_modules/node/bin/node": "MZ\0\0\u0001\u0002\n" });
  chmodSync(repository.path("node_modules/node/bin/node"), 0o755);
  const { code, err } = bash(repository, "./version.sh list");
  expect(code).toBe(1);
  expect(err).toMatch(/node_modules is from another system .*: run npm ci in/);
});

test.each(["sh", "zsh"])("typed as %s version.sh it works", (shell) => {
  if (spawnSync(shell, ["-c", ""]).error !== undefined) return;
  const repository = withTools();
  expect(bash(repository, `${shell} version.sh adopt 02`)).toMatchObject({ code: 0, err: "" });
});

test("a package that is missing, as after a git pull: one line", () => {
  const repository = withTools();
  rmSync(repository.path("node_modules"));
  mkdirSync(repository.path("node_modules"));
  symlinkSync(dirname(dirname(process.execPath)), repository.path("node_modules/node"), "junction");
  const line = "version.sh: a package is missing (commander): run npm install first\n";
  expect(bash(repository, "./version.sh list")).toEqual({ code: 1, out: "", err: line });
});

test("exit codes reach the shell", () => {
  const repository = withTools();
  expect(bash(repository, "./version.sh adopt 77").code).toBe(2);
  expect(bash(repository, "./version.sh current").code).toBe(1);
});

test("a reader that stops early is no error", () => {
  const repository = withTools();
  repository.write({ "steps/02/big.txt": "a line\n".repeat(100_000) });
  const script = "set -o pipefail; ./version.sh diff 02 | head -n 1";
  expect(bash(repository, script)).toEqual({ code: 0, out: "--- steps/01b/app.ts\n", err: "" });
});

test("eval of env puts the course's own commands first, whatever the folder is called", () => {
  const repository = withTools();
  const odd = repository.path(`it's a "$HOME" folder`);
  mkdirSync(odd);
  const copy = { ...repository, path: (name: string) => `${odd}/${name}` };
  symlinkSync(repository.path("node_modules"), copy.path("node_modules"), "junction");
  installTools(copy);
  const { out, err } = bash(
    repository,
    'eval "$(./version.sh env)"; type -p node; node -p process.execPath',
    odd,
  );
  expect(err).toBe("");
  expect(out.split("\n").slice(0, 2)).toEqual([`${odd}/node_modules/.bin/node`, process.execPath]);
});

test("requests to this machine go through no proxy, whatever the environment says", async () => {
  const repository = withTools();
  const port = await freePort();
  const proxy = "http://127.0.0.1:9";
  const env = {
    ...{ NODE_USE_ENV_PROXY: "1", http_proxy: proxy, HTTP_PROXY: proxy, no_proxy: "example.org" },
    ...{ PORT: String(port), PATH: process.env.PATH, NO_COLOR: "1" },
  };
  const example = { items: [{ path: "/people", body: { who: "x" } }] };
  repository.write({
    "steps/example.json": JSON.stringify(example),
    "steps/00/app.ts": `${APP.replace("response.end", 'console.log("asked", process.env.no_proxy, process.env.NODE_USE_ENV_PROXY);\n  response.end')}`,
  });
  const main = repository.path("shared/version/main.ts");
  const args = [main, "start", "00", "--fill"];
  const running = startProcess(process.execPath, args, { cwd: repository.root, env });
  await until(() => running.output().includes("people: 1 created"));
  expect(running.output()).toContain("asked example.org,localhost,127.0.0.1,::1 undefined\n");
  const { code, out } = bash(repository, "./version.sh fill", repository.root, env);
  expect([code, out]).toEqual([0, "people: 1 created\n"]);
});
