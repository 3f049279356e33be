import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { explain } from "../shared/course/errors.ts";
import { askDirectly } from "../shared/version/process.ts";
import { helpText, readArguments } from "./lib/arguments.ts";
import type { Figure } from "./lib/figure.ts";
import { machineFacts } from "./lib/machine.ts";
import { headOf, tableOf } from "./lib/table.ts";
import { parts } from "./parts/index.ts";

const root = resolve(import.meta.dirname, "..");

// What was started and copied is ended and removed at the exit of this process.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

// A proxy would be measured, or reach none of them.
askDirectly();

const measure = async (): Promise<void> => {
  const asked = readArguments(process.argv.slice(2), Object.keys(parts));
  if (asked === "help") {
    process.stdout.write(helpText(parts));
    return;
  }
  const machine = machineFacts(root);
  const figures: Figure[] = [];
  const notes: string[] = [];
  const file = asked.json ?? join(root, "bench", "results.json");
  for (const name of asked.parts) {
    const say = (line: string) => process.stderr.write(`${line}\n`);
    const note = (line: string) => notes.push(`${name}: ${line}`);
    const settings = { root, quick: asked.quick, app: asked.app, variants: asked.variants };
    try {
      figures.push(...((await parts[name]?.run({ ...settings, say, note })) ?? []));
    } catch (error) {
      // One part that cannot run takes nothing from the others.
      note(`not measured: ${explain(error).line}`);
      process.exitCode = 1;
    }
    // After each part: all of them take the better part of an hour, and a run may be interrupted.
    writeFileSync(file, `${JSON.stringify({ machine, figures, notes }, null, 2)}\n`);
  }
  process.stdout.write(`${headOf(machine)}\n\n${tableOf(figures)}\n`);
  for (const line of notes) process.stdout.write(`\n${line}\n`);
};

await measure().catch((error) => {
  const { line, exitCode } = explain(error);
  process.stderr.write(`bench: ${line}\n`);
  process.exitCode = exitCode;
});
