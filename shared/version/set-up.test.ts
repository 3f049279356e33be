import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
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

const REPOSITORY = resolve(import.meta.dirname, "../..");
const SCRIPTS = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")).scripts;

/** A repository with the tools and npm's scripts, in a folder of this name. */
function repositoryIn(name: string): Repository {
  const repository = makeRepository(FOUR_STEPS, name);
  installTools(repository);
  for (const file of ["package.json", "vitest.config.ts"])
    copyFileSync(join(REPOSITORY, file), repository.path(file));
  return repository;
}

/** Leaves nothing of what is installed but the course's Node. */
function keepNodeAlone(repository: Repository): void {
  rmSync(repository.path("node_modules"), { recursive: true, force: true });
  mkdirSync(repository.path("node_modules/.bin"), { recursive: true });
  const node = dirname(dirname(process.execPath));
  symlinkSync(node, repository.path("node_modules/node"), "junction");
  symlinkSync(process.execPath, repository.path("node_modules/.bin/node"));
}

/** Runs npm as on a machine whose own Node is another one than the course's. */
function npm(repository: Repository, args: string, env = {}) {
  const parts = (process.env.PATH ?? "").split(":");
  const { status, stdout, stderr } = spawnSync("npm", args.split(" "), {
    cwd: repository.root,
    env: {
      PATH: [...parts.filter((each) => !each.endsWith(".bin")), dirname(process.execPath)].join(
        ":",
      ),
      ...{ HOME: repository.root, NO_COLOR: "1", npm_config_update_notifier: "false", ...env },
    },
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

const oneLine = (about: RegExp) =>
  expect.stringMatching(new RegExp(`^version\\.sh: ${about.source}\n$`));

// What npm runs by itself is no command of anybody's; `test` is `check`, and then vitest.
const commands = Object.keys(SCRIPTS).filter((name) => !/^pre/.test(name));

test.each(commands)(
  "npm run %s before anything is installed, and after parts of it: one line",
  (name) => {
    const repository = repositoryIn("");
    rmSync(repository.path("node_modules"));
    const nothing = oneLine(/nothing is installed yet: run npm install in \S+ first/);
    expect(npm(repository, `run ${name}`)).toMatchObject({ code: 1, err: nothing });
    repository.write({ "node_modules/express/package.json": "{}" });
    const part = oneLine(/npm install did not finish .*: run npm install in \S+ again/);
    expect(npm(repository, `run ${name}`)).toMatchObject({ code: 1, err: part });
    keepNodeAlone(repository);
    rmSync(repository.path("node_modules/.bin/node"));
    expect(npm(repository, `run ${name}`)).toMatchObject({ code: 1, err: part });
  },
);

test.each(["start", "workbench", "bench"])(
  "npm run %s where a package is missing, as after a git pull: one line",
  (name) => {
    const repository = repositoryIn("");
    cpSync(join(REPOSITORY, "bench"), repository.path("bench"), { recursive: true });
    keepNodeAlone(repository);
    repository.write({ "node_modules/typescript/package.json": "{}" });
    const line = oneLine(/a package is missing \([\w-]+\): run npm install( in \S+)? first/);
    expect(npm(repository, `run ${name}`)).toMatchObject({ code: 1, err: line });
  },
);

test("npm test and npm run bench without the packages for authors: the option that brings them", () => {
  const repository = repositoryIn("");
  keepNodeAlone(repository);
  const line = oneLine(/the packages for authors are not .*: run npm install --include=dev in \S+/);
  for (const name of ["test", "run lint", "run bench"])
    expect(npm(repository, name)).toMatchObject({ code: 1, err: line });
});

// To root no rights apply, so it becomes nobody, who may not reach the folders that it is to look at.
const NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
const isRoot = process.getuid?.() === 0;
const asOther = (...args: string[]) => {
  const [program = "", ...rest] = [...(isRoot ? NOBODY : []), process.execPath, ...args];
  const { status, stdout, stderr } = spawnSync(program, rest, { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
};
const isReachable =
  process.platform !== "win32" &&
  asOther(join(REPOSITORY, "shared/version/preflight.cjs")).code === 0;

test.skipIf(!isReachable)(
  "npm test in a folder that may only be read: a line, and no trace of vitest's",
  () => {
    const repository = repositoryIn("");
    chmodSync(repository.root, 0o555);
    const got = asOther(repository.path("shared/version/preflight.cjs"), "--tests");
    chmodSync(repository.root, 0o755);
    const line = oneLine(/cannot write in .* read-only: work in a clone of your own/);
    expect(got).toMatchObject({ code: 1, err: line });
  },
);

test.skipIf(!isReachable || !isRoot)(
  "adopt in a folder of another user, as sudo makes them: the line says how it becomes yours",
  () => {
    const repository = repositoryIn("");
    chmodSync(repository.root, 0o755);
    const line = oneLine(
      /cannot write in (.*): it belongs to another user: sudo chown -R "\$\(id -un\)" "\1" makes it yours, or work .*/,
    );
    expect(asOther(repository.path("shared/version/main.ts"), "adopt", "01")).toMatchObject({
      code: 1,
      err: line,
    });
  },
);

test("npm run site:test without the website's packages: the command that installs them", () => {
  const line = oneLine(/the packages of the website .*: run npm --prefix site ci in \S+ first/);
  expect(npm(repositoryIn(""), "run site:test")).toMatchObject({ code: 1, err: line });
});

// On Windows no folder has such a name, or they separate folders.
const onPosix = test.skipIf(process.platform === "win32");

onPosix.each(["a?b", "a*b", "a\\b", "a:b"])(
  "in a folder named %s nothing works, which one line says",
  (name) => {
    const repository = repositoryIn(name);
    const line = oneLine(
      /there is a [?*\\:] in the name of \/.*\/a.b, .*: give the folder another name, then try again/,
    );
    for (const command of ["start", "test", "run workbench", "run site", "run generate"])
      expect(npm(repository, command)).toMatchObject({ code: 1, err: line });
    const { status, stdout, stderr } = spawnSync("./version.sh", ["adopt", "01"], {
      cwd: repository.root,
      encoding: "utf8",
    });
    expect([status, stdout, stderr]).toEqual([1, "", line]);
  },
);

onPosix.each([
  ["C#", "test", "#"],
  ["100%", "test", "%"],
  ["100%", "run workbench", "%"],
  ["it's", "run site", "'"],
  ['a "b"', "run workbench", '"'],
])("in a folder named %s npm %s does not work, which one line says", (name, command, sign) => {
  const line = oneLine(new RegExp(`there is a ${sign} in the name of .*/${name}, .*`));
  expect(npm(repositoryIn(name), command)).toMatchObject({ code: 1, err: line });
});

/** Signs that shells, globs and addresses take for their own. */
const ODD = ["C#", "100%zz", "it's", "!(a) [b-c] {d,e}", '$HOME; "f" & `g`', "日本 é"];

onPosix.each(ODD)("in a folder named %s: start, adopt and a save", async (name) => {
  const repository = repositoryIn(name);
  const port = await freePort();
  const main = repository.path("shared/version/main.ts");
  startProcess(process.execPath, [main, "start", "00"], {
    cwd: repository.root,
    env: { PORT: String(port) },
  });
  const answer = async (key: "version" | "mark", value: string) => {
    const got = await fetch(`http://127.0.0.1:${port}`)
      .then((it) => it.json())
      .catch(() => ({}));
    return (got as Record<string, string>)[key] === value || undefined;
  };
  await until(() => answer("version", "00"));
  // On a slow day the switch comes later than adopt waits, which it says.
  expect((await repository.run("adopt 02")).code).toBe(0);
  await until(() => answer("version", "02"));
  const edited = APP.replace("{ version,", `{ mark: "edited", version,`);
  await saveUntil(
    () => repository.write({ "steps/02/app.ts": edited }),
    () => answer("mark", "edited"),
  );
});

onPosix.each([
  ["!(a) [b-c] {d,e}", 0, / 1 passed/],
  ["C#", 1, /^version\.sh: there is a # in the name of .*/m],
])("npx vitest in a folder named %s", (name, status, said) => {
  const repository = repositoryIn(name);
  cpSync(join(REPOSITORY, "shared/http"), repository.path("shared/http"), { recursive: true });
  repository.write({
    "steps/00/check.test.ts": `import { expect, test } from "vitest";\ntest("one", () => expect(1).toBe(1));\n`,
  });
  const vitest = repository.path("node_modules/.bin/vitest");
  const run = spawnSync(vitest, ["run", "--project", "steps/00"], {
    cwd: repository.root,
    env: { PATH: process.env.PATH, NO_COLOR: "1" },
    encoding: "utf8",
  });
  expect(run.stdout + run.stderr).toMatch(said);
  expect(run.status).toBe(status);
});

// Where it fails, Vite looks for vitest.config.ts, and so for our line, in a folder that is not there.
onPosix.each([
  ["a b", /^our configuration/],
  ["a?b", /^(?!.*our configuration).*Startup Error/s],
  ["a\\b", /^(?!.*our configuration).*Startup Error/s],
])(
  "whether npx vitest in a folder named %s comes to vitest.config.ts, as CONTRIBUTING.md says",
  (name, said) => {
    const repository = repositoryIn(name);
    const config = 'console.log("our configuration");\nexport default {};\n';
    repository.write({ "vitest.config.ts": config });
    const { status, stdout, stderr } = spawnSync("node_modules/.bin/vitest", ["run"], {
      cwd: repository.root,
      env: { PATH: process.env.PATH, NO_COLOR: "1" },
      encoding: "utf8",
    });
    expect(stdout + stderr).toMatch(said);
    expect(status).toBe(1);
  },
);
