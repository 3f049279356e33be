import { spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { ExitCode } from "../course/errors.ts";
import type { World } from "../course/world.ts";
import { run } from "./run.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");

/** A small step: it answers every request with its version, as /api/version does, and with its processes. */
export const APP = `import { createServer } from "node:http";
import { basename } from "node:path";

const version = basename(import.meta.dirname);
createServer((request, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ version, processes: [process.pid, process.ppid] }));
}).listen(Number(process.env.PORT), process.env.HOST);
`;

/** What a course of a test says of itself where the test does not: it differs from the chat in nothing. */
export const ABOUT_COURSE = readFileSync(join(REPOSITORY, "steps/course.json"), "utf8");

/** The files of a repository to make: path from the root and text. */
export type Files = Record<string, string>;

/** Four steps, the third with pages. */
export const FOUR_STEPS: Files = {
  "steps/00/README.md":
    "# the simplest possible `hello` app\n\n## Try it\n\n```bash\nhttp :5001\n```\n",
  "steps/00/app.ts": APP,
  "steps/01/README.md": "# connect to a database\n",
  "steps/01/app.ts": `${APP}// one more line\n`,
  "steps/01b/README.md": "# a page to see the users\n",
  "steps/01b/app.ts": `${APP}// one other line\n`,
  "steps/01b/views/users.ejs": "<p>users</p>\n",
  "steps/01b/public/style.css": "p { color: red }\n",
  "steps/02/README.md": "# create a table\n",
  "steps/02/app.ts": APP,
};

/** A repository in a temporary folder, removed at the end of the test. */
export interface Repository {
  readonly root: string;
  path(name: string): string;
  read(name: string): string;
  write(files: Files): void;
  /** Runs a command line in-process, words or their list; what it wrote comes back as text. */
  run(args: string | readonly string[], world?: Partial<World>): Promise<Result>;
}

/** What a command line did. */
export interface Result {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/**
 * Makes a repository with these files, and the course's own node_modules.
 * @param name the folder's, where that matters
 */
export function makeRepository(files: Files = FOUR_STEPS, name = ""): Repository {
  const outer = mkdtempSync(join(tmpdir(), "course-"));
  onTestFinished(() => rmSync(outer, { recursive: true, force: true, maxRetries: 5 }));
  const root = join(outer, name);
  mkdirSync(root, { recursive: true });
  symlinkSync(join(REPOSITORY, "node_modules"), join(root, "node_modules"), "junction");
  const repository: Repository = {
    root,
    path: (name) => join(root, name),
    read: (name) => readFileSync(join(root, name), "utf8"),
    write(more) {
      for (const [name, text] of Object.entries(more)) {
        mkdirSync(dirname(join(root, name)), { recursive: true });
        writeFileSync(join(root, name), text);
      }
    },
    async run(args, changes = {}) {
      let [out, err] = ["", ""];
      const world: World = {
        root,
        cwd: root,
        env: { PATH: process.env.PATH },
        platform: process.platform,
        execPath: process.execPath,
        stdout: { write: (text) => (out += text) },
        stderr: { write: (text) => (err += text) },
        isTTY: false,
        now: () => new Date(2026, 2, 5, 14, 22, 1),
        onSignal: () => () => {},
        ...changes,
      };
      const list = typeof args === "string" ? args.split(" ").filter(Boolean) : args;
      const code = await run(list, world);
      return { code, out, err };
    },
  };
  repository.write({ "package.json": '{ "type": "module" }\n', ...aboutCourses(files), ...files });
  return repository;
}

/** A course.json for each course that has files. */
function aboutCourses(files: Files): Files {
  const courses = Object.keys(files).map((name) => /^(steps|sequels\/[^/]+)\/./.exec(name)?.[1]);
  return Object.fromEntries(
    courses
      .filter((course) => course !== undefined)
      .map((it) => [`${it}/course.json`, ABOUT_COURSE]),
  );
}

/** Puts version.sh and what it calls into a repository, so that it runs there as its own process. */
export function installTools(repository: Repository): void {
  cpSync(join(REPOSITORY, "version.sh"), repository.path("version.sh"));
  cpSync(join(REPOSITORY, "shared"), repository.path("shared"), {
    recursive: true,
    // The `http` command is a package of its own, and found through node_modules.
    filter: (path) => !path.endsWith(".test.ts") && path !== join(REPOSITORY, "shared", "http"),
  });
}

/** A process and all that it printed; killed at the end of the test if it still runs. */
export interface Running {
  readonly pid: number;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
}

/** Starts a process that a test talks to while it runs. */
export function startProcess(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string | undefined> },
): Running {
  const child = spawn(command, args, {
    ...options,
    env: { ...process.env, NO_COLOR: "1", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  child.stderr.on("data", (chunk) => (text += chunk));
  const ended = new Promise<number | null>((done) => child.once("close", (code) => done(code)));
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
  });
  return {
    pid: child.pid ?? 0,
    output: () => text,
    ended,
    signal: (name) => child.kill(name),
  };
}

/**
 * Saves a file, and saves it again until it is noticed: right after a switch `tsx watch` needs a
 * moment before it watches the files of the new step.
 */
export async function saveUntil(
  save: () => void,
  noticed: () => Promise<true | undefined>,
): Promise<void> {
  let last = 0;
  await until(async () => {
    if (Date.now() - last > 5000) {
      save();
      last = Date.now();
    }
    return await noticed();
  });
}

/** Asks again and again until the answer is there, at most four minutes long. */
export async function until<T>(ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 240_000; ; await sleep(20)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited 240 s for ${ask}`);
  }
}
