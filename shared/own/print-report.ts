import type { Group, Miss, Outcome } from "../check/index.ts";
import type { Step } from "../course/course.ts";
import { dayOf, timeOf } from "../course/dates.ts";
import { plain } from "../course/lesson.ts";
import { painter } from "../course/text.ts";
import { say, type World } from "../course/world.ts";
import type { Checked } from "./check-own.ts";

type Paint = ReturnType<typeof painter>;

/** Writes the promises of one step, one line each. */
export function printGroup(world: World, { step, outcomes }: Group, verbose: boolean): void {
  const paint = painter(world);
  const done = outcomes.filter(({ state }) => state === "kept").length;
  say(world, paint("bold", `Step ${step}`) + paint("dim", `  ${done} of ${outcomes.length}`));
  for (const outcome of outcomes) {
    say(world, `  ${line(outcome, paint)}`);
    if (!verbose) continue;
    for (const { sent, received } of outcome.traffic) {
      say(world, paint("dim", `      → ${sent}`));
      if (received !== undefined) say(world, paint("dim", `      ← ${received}`));
    }
  }
}

function line({ state, title, reason }: Outcome, paint: Paint): string {
  const text = plain(title);
  if (state === "kept") return `${paint("green", "✓")} ${text}`;
  if (state === "missed") return `${paint("red", "✗")} ${text}`;
  return `${paint("yellow", "–")} ${text}${reason === undefined ? "" : paint("dim", ` (${reason})`)}`;
}

/** Writes what came out, and the first promise missed with what was sent, expected and received, and what the app printed. */
export function printResult(world: World, step: Step, report: Checked): void {
  const paint = painter(world);
  const { broken, first } = report;
  if (broken !== undefined) {
    const [sentence = "", ...output] = broken.sentence.split("\n");
    say(world, `${paint("red", "✗")} ${paint("bold", capital(sentence))}`);
    for (const each of output) say(world, `    ${each}`);
  }
  const isTold = broken !== undefined && first?.miss.sentence === broken.sentence;
  if (first !== undefined && !isTold) {
    say(world, `\n${paint("bold", "First missed")}: step ${first.step}, ${plain(first.title)}`);
    printMiss(world, first.miss, paint);
  }
  const when =
    report.at === undefined
      ? `${(report.duration / 1000).toFixed(1)} s`
      : `nothing has changed since ${dayOf(report.at)} ${timeOf(report.at)}; check --again looks once more`;
  const skipped = report.skipped === 0 ? "" : `, ${report.skipped} not looked at`;
  const count = `${report.kept} kept, ${report.missed} missed${skipped} (${when})`;
  if (!report.ok) say(world, `\n${paint("red", `Step ${step.id} is not done yet`)}: ${count}`);
  else say(world, `\n${paint("green", `Step ${step.id} keeps all its promises`)}: ${count}`);
}

/** Writes why a promise was missed. */
export function printMiss(world: World, miss: Miss, paint: Paint): void {
  const row = (label: string, text: string | undefined) => {
    if (text === undefined) return;
    const [head = "", ...rest] = text.split("\n");
    say(world, `  ${paint("cyan", label.padEnd(9))} ${head}`);
    for (const each of rest) say(world, `  ${" ".repeat(9)} ${each}`);
  };
  if (miss.sentence !== undefined) row("because", miss.sentence);
  row("sent", miss.sent);
  row("expected", miss.expected);
  row("received", miss.received);
  row("printed", miss.printed);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
