import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
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

const timeVerb = async (copy: string, verb: string): Promise<Time> => {
  const start = performance.now();
  const main = join(copy, "shared/course/main.ts");
  const child = spawnBounded("bash", ["-c", SCRIPT, verb, process.execPath, main, verb], {
    cwd: copy,
    stdio: ["ignore", "pipe", "inherit"],
    limit: LIMIT,
  });
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`version.sh ${verb} ended with exit code ${code}`);
  const wall = (performance.now() - start) / 1000;
  // The second line of `times` is that of the children: 0m1.234s 0m0.123s
  const times = [...(text.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  const [user, system] = times.map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest));
  return { wall, processor: user === undefined ? undefined : user + (system ?? 0) };
};

const run = async ({ root, quick, say }: Settings): Promise<Figure[]> => {
  // A copy, so that nobody's own steps are touched.
  const copy = copyRepository(root);
  const forget = atEnd(() => remove(copy));
  const main = join(copy, "shared/course/main.ts");
  try {
    const figures: Figure[] = [];
    for (const step of quick ? ["07"] : ["00", "04", "07", "12", "19"]) {
      say(`check: step ${step}`);
      for (const args of [["try", step], ["solve"]]) {
        spawnSync(process.execPath, [main, ...args], { cwd: copy, timeout: LIMIT });
      }
      const contestants: Contestants<Time> = new Map([
        ["check", () => timeVerb(copy, "check")],
        ["current", () => timeVerb(copy, "current")],
      ]);
      const results = await inTurns(contestants, quick ? 1 : 3);
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
