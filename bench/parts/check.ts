import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_COURSE, readCourse } from "../../shared/course/course.ts";
import { atEnd } from "../../shared/docs/at-end.ts";
import { copyRepository, remove } from "../../shared/docs/copy.ts";
import { spawnBounded } from "../lib/bounded.ts";
import { type Figure, figureOf } from "../lib/figure.ts";
import type { Part, Settings } from "../lib/part.ts";
import { type Contestants, inTurns } from "../lib/turns.ts";

/** In ms. */
const LIMIT = 120_000;
/** Runs a command silently, and prints the processor time of all that it started. */
const SCRIPT = '"$@" >/dev/null; code=$?; times; exit $code';

/** In s; `processor` is undefined where the system has no `times`. */
type Time = { wall: number; processor: number | undefined };

const timeVerb = async (copy: string, ...args: string[]): Promise<Time> => {
  const start = performance.now();
  const main = join(copy, "shared/version/main.ts");
  const child = spawnBounded("bash", ["-c", SCRIPT, "bash", process.execPath, main, ...args], {
    cwd: copy,
    stdio: ["ignore", "pipe", "inherit"],
    limit: LIMIT,
  });
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`version.sh ${args.join(" ")} ended with exit code ${code}`);
  const wall = (performance.now() - start) / 1000;
  // The second line of `times` is that of the children: 0m1.234s 0m0.123s
  const times = [...(text.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  const [user, system] = times.map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest));
  return { wall, processor: user === undefined ? undefined : user + (system ?? 0) };
};

/** A `check --watch` that waits for the next save. */
const startWatch = async (copy: string) => {
  const main = join(copy, "shared/version/main.ts");
  const child = spawnBounded(process.execPath, [main, "check", "--watch"], {
    cwd: copy,
    stdio: ["ignore", "pipe", "inherit"],
    limit: LIMIT,
  });
  const closed = once(child, "close");
  let text = "";
  let heard: (() => void) | undefined;
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    heard?.();
  });
  /** Waits for the end of the n-th check, counted from 1. */
  const checks = async (count: number) => {
    while (text.split("Waiting for a change").length <= count) {
      if (child.exitCode !== null) throw new Error("version.sh check --watch has ended");
      await Promise.race([closed, new Promise<void>((resolve) => (heard = resolve))]);
    }
  };
  await checks(1);
  let done = 1;
  return {
    /** Saves a file, and waits for what comes out. */
    save: async (file: string): Promise<Time> => {
      const start = performance.now();
      writeFileSync(file, `${readFileSync(file, "utf8")}\n`);
      await checks(++done);
      return { wall: (performance.now() - start) / 1000, processor: undefined };
    },
    end: async () => {
      child.kill("SIGINT");
      await closed;
    },
  };
};

const run = async ({ root, quick, say }: Settings): Promise<Figure[]> => {
  // A copy, so that nobody's own steps are touched.
  const copy = copyRepository(root);
  const forget = atEnd(() => remove(copy));
  const main = join(copy, "shared/version/main.ts");
  try {
    const figures: Figure[] = [];
    const all = readCourse({ root: copy }, DEFAULT_COURSE).steps;
    // A course is checked longer and longer: some steps of all its parts, and the last one.
    const some = quick
      ? all.slice(-1)
      : all.filter((_, index) => (all.length - 1 - index) % 3 === 0);
    for (const { id: step } of some) {
      say(`check: step ${step}`);
      for (const args of [["try", step], ["solve"]]) {
        spawnSync(process.execPath, [main, ...args], { cwd: copy, timeout: LIMIT });
      }
      const watch = await startWatch(copy);
      const app = join(copy, "mine/steps", step, "app.ts");
      const contestants: Contestants<Time> = new Map([
        ["check", () => timeVerb(copy, "check", "--again")],
        ["check --watch, from a save on", () => watch.save(app)],
        ["check, nothing has changed", () => timeVerb(copy, "check")],
        ["current", () => timeVerb(copy, "current")],
      ]);
      const results = await inTurns(contestants, quick ? 1 : 3).finally(watch.end);
      const what = `step ${step} and all before it`;
      figures.push(figureOf("check", what, "s", results, ({ wall }) => wall));
      const processor = `${what}, processor time`;
      figures.push(figureOf("check", processor, "s", results, (time) => time.processor));
    }
    return figures;
  } finally {
    forget();
    remove(copy);
  }
};

/** How long a learner waits for `check` on a finished step, beside a verb that does next to nothing. */
export const part: Part = { summary: "how long a learner waits for ./version.sh check", run };
