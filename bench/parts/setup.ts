import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { atEnd } from "../../shared/docs/at-end.ts";
import { remove } from "../../shared/docs/copy.ts";
import { freePort } from "../../shared/testkit/free-port.ts";
import { endGroup, spawnGroup } from "../../shared/testkit/process-group.ts";
import { timeCommand, untilAnswered } from "../lib/answers.ts";
import { type Figure, figureOf } from "../lib/figure.ts";
import type { Part, Settings } from "../lib/part.ts";
import { type Contestants, inTurns } from "../lib/turns.ts";

/** In ms: an install that takes longer waits for a network that is not there. */
const LIMIT = 300_000;

/** What a set-up took, in s. */
type Times = { clone: number; install: number; answer: number; all: number };

/** npm with a cache of its own, in a folder that knows nothing of this repository's packages. */
const npm = (folder: string, cache: string, ...args: string[]): Promise<number> =>
  timeCommand("npm", [...args, "--cache", cache], {
    cwd: folder,
    env: { ...process.env, npm_config_fetch_retries: "0" },
    limit: LIMIT,
  });

/** A fresh clone of what is committed, up to the first answer of `npm start`. */
const setUp = async (root: string, folder: string, cache: string): Promise<Times> => {
  remove(folder);
  const options = { cwd: root, limit: LIMIT };
  const clone = await timeCommand("git", ["clone", "-q", "--no-hardlinks", root, folder], options);
  const install = await npm(folder, cache, "install");
  const port = String(await freePort());
  const start = performance.now();
  // What npm start runs, by the Node that was just installed.
  const path = [join(folder, "node_modules/.bin"), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path, PORT: port, HOST: "127.0.0.1" };
  const args = [join(folder, "shared/version/main.ts"), "start"];
  const server = spawnGroup(args, { cwd: folder, env, stdio: "ignore" });
  try {
    await untilAnswered(`http://127.0.0.1:${port}/`, (text) => text.includes("(version 00)"));
  } finally {
    await endGroup(server);
  }
  const answer = performance.now() - start;
  const all = clone + install + answer;
  return { clone: clone / 1000, install: install / 1000, answer: answer / 1000, all: all / 1000 };
};

/** `npm install express` in an empty folder. */
const installExpress = async (folder: string, cache: string): Promise<Times> => {
  remove(folder);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), "{}\n");
  const install =
    (await npm(folder, cache, "install", "express", "--no-audit", "--no-fund")) / 1000;
  return { clone: 0, install, answer: 0, all: install };
};

const run = async ({ root, quick, say, note }: Settings): Promise<Figure[]> => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), "bench-setup-")));
  const forget = atEnd(() => remove(top));
  const cache = join(top, "cache");
  const contestants = (isEmpty: boolean): Contestants<Times> => {
    const prepare = (name: string) => {
      say(`setup: ${name}, cache ${isEmpty ? "empty" : "warm"}`);
      if (isEmpty) remove(cache);
    };
    return new Map([
      [
        "npm install express alone",
        async () => {
          prepare("npm install express");
          return installExpress(join(top, "express"), cache);
        },
      ],
      [
        "the course",
        async () => {
          prepare("the course");
          return setUp(root, join(top, "course"), cache);
        },
      ],
    ]);
  };
  const figures: Figure[] = [];
  try {
    const rounds = quick ? 1 : 3;
    // The course comes last, so that its packages are in the cache afterwards.
    for (const isEmpty of [true, false]) {
      const found = await inTurns(contestants(isEmpty), rounds, 0);
      const results = new Map([...found].reverse());
      const name = `cache ${isEmpty ? "empty" : "warm"}`;
      figures.push(
        figureOf("setup", `clone to first answer, ${name}`, "s", results, (it) => it.all),
      );
      figures.push(figureOf("setup", `its npm install, ${name}`, "s", results, (it) => it.install));
    }
  } catch (error) {
    const lines = (error as Error).message.split("\n");
    const line = lines.find((text) => text.startsWith("npm error")) ?? lines[0];
    note(`not measured, as an install failed (is the registry in reach?): ${line}`);
  } finally {
    forget();
    remove(top);
  }
  return figures;
};

/** From a fresh clone to the first answer; needs the registry, and says so where it cannot reach it. */
export const part: Part = {
  summary: "from a fresh clone to the first answer (needs the registry)",
  run,
};
