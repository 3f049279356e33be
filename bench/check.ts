/**
 * How long a learner waits for `./version.sh check` on a finished step: from the command to its end,
 * the checks of all steps up to it, medians. Beside it the processor time of all that it starts:
 * half of it is what the step needs at least on two processors that have nothing else to do.
 *
 * Run by hand: node bench/check.ts [rounds] [step…]
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { performance } from "node:perf_hooks";

const ROOT = resolve(import.meta.dirname, "..");
const [rounds = "3", ...wanted] = process.argv.slice(2);
const all = readdirSync(join(ROOT, "steps"))
  .filter((name) => /^\d\d[a-z]?$/.test(name))
  .sort();
const steps = wanted.length > 0 ? wanted : all;

// A copy, so that nobody's own steps are touched.
const copy = mkdtempSync(join(tmpdir(), "bench-"));
process.on("exit", () => rmSync(copy, { recursive: true, force: true }));
for (const name of ["shared", "steps", "package.json"])
  cpSync(join(ROOT, name), join(copy, name), {
    recursive: true,
    filter: (path) => !["instance", "node_modules"].includes(basename(path)),
  });
symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"), "junction");
const main = join(copy, "shared/course/main.ts");

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Runs one check; the time in s, and the processor time of all that it started, where the system has `time`. */
const measure = async (): Promise<{ wall: number; processor: number | undefined }> => {
  const start = performance.now();
  const script = '"$@" >/dev/null; code=$?; times; exit $code';
  const child = spawn("bash", ["-c", script, "check", process.execPath, main, "check"], {
    cwd: copy,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the check ended with exit code ${code}`);
  const wall = (performance.now() - start) / 1000;
  // The second line of `times` is that of the children: 0m1.234s 0m0.123s
  const times = [...(text.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  const seconds = times.map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest));
  return {
    wall,
    processor: seconds.length === 2 ? (seconds[0] ?? 0) + (seconds[1] ?? 0) : undefined,
  };
};

console.log(
  `${availableParallelism()} processors, load ${loadavg()[0]?.toFixed(1)}, ${rounds} rounds`,
);
console.log("step    s   processor s");
for (const step of steps) {
  for (const args of [["try", step], ["solve"]])
    spawnSync(process.execPath, [main, ...args], { cwd: copy });
  const runs = [];
  for (let round = 0; round < Number(rounds); round++) runs.push(await measure());
  const wall = median(runs.map((run) => run.wall)).toFixed(1);
  const processor = median(runs.map((run) => run.processor ?? Number.NaN)).toFixed(1);
  console.log(`${step.padEnd(4)} ${wall.padStart(4)} ${processor.padStart(8)}`);
}
console.log(`load at the end ${loadavg()[0]?.toFixed(1)}`);
