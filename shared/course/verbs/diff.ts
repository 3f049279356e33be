import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { changesBetween, type Side } from "../changes.ts";
import { DEFAULT_COURSE, neighbour, type Step } from "../course.ts";
import { CourseError, UsageError } from "../errors.ts";
import { findCommand, page } from "../pager.ts";
import { colourDiff, painter, sizeLines } from "../text.ts";
import type { Context, Verb } from "../verb.ts";
import { say, type World } from "../world.ts";

/** `diff A [B]`: what changes between two steps. */
export const verb: Verb = {
  summary: "show what a step changes, or what lies between two steps",
  examples: [
    ["./version.sh diff", "what the adopted step changes"],
    ["./version.sh diff 03", "from step 02b to step 03"],
    ["./version.sh diff 00 19", "the whole course at once"],
    ["./version.sh diff 03 --stat", "how many lines in which file"],
    ["./version.sh diff 03 --code", "both app.ts side by side in VS Code"],
  ],
  define(command, context) {
    command
      .argument("[step]", "the step; the adopted one if left out")
      .argument("[other]", "the step to compare with; the one before if left out")
      .option("--stat", "only the number of added and removed lines of each file")
      .option("--code", "open both app.ts in VS Code's comparison")
      .action(async (a?: string, b?: string, options: { stat?: boolean; code?: boolean } = {}) => {
        if (options.stat && options.code)
          throw new UsageError("--stat and --code exclude each other: give one of them");
        const [before, after] = pair(context, a, b);
        if (options.code) openInCode(context.world, before, after);
        else await show(context.world, before, after, options.stat ?? false);
      });
  },
};

/** The two steps to compare, the earlier first; none before the first step. */
function pair(context: Context, a?: string, b?: string): [Step | undefined, Step] {
  const one = context.stepOrAdopted(a);
  if (b === undefined) return [neighbour(one.course, one.step, -1), one.step];
  const other = context.step(b);
  const place = (step: Step) =>
    `${step.course === DEFAULT_COURSE ? 0 : 1}/${step.course}/${step.id}`;
  return place(one.step) <= place(other.step) ? [one.step, other.step] : [other.step, one.step];
}

async function show(
  world: World,
  before: Step | undefined,
  after: Step,
  stat: boolean,
): Promise<void> {
  const from: Side =
    before === undefined
      ? { name: "/dev/null", path: undefined }
      : { name: before.dir, path: before.path };
  const changes = changesBetween(from, { name: after.dir, path: after.path });
  const paint = painter(world);
  if (changes.length === 0) say(world, `steps ${before?.id} and ${after.id} are the same`);
  else if (!stat)
    await page(world, colourDiff(changes.map((change) => change.patch).join(""), paint));
  else {
    say(world, `From ${before === undefined ? "nothing" : before.dir} to ${after.dir}:`);
    for (const line of sizeLines(changes, paint)) say(world, `  ${line}`);
    const sum = (key: "added" | "removed") =>
      changes.reduce((total, change) => total + change[key], 0);
    const files = changes.length === 1 ? "1 file" : `${changes.length} files`;
    say(world, `${files}, +${sum("added")} -${sum("removed")}`);
  }
}

function openInCode(world: World, before: Step | undefined, after: Step): void {
  if (before === undefined)
    throw new CourseError(
      `step ${after.id} is the first one: there is nothing before it to compare with`,
    );
  const code = findCommand(world, "code");
  if (code === undefined)
    throw new CourseError(
      "VS Code's command `code` is not on the PATH: in VS Code press F1 and choose \"Shell Command: Install 'code' command in PATH\", or leave --code out",
    );
  const files = [before, after].map((step) => join(step.path, "app.ts"));
  // On Windows `code` is a .cmd file, which only a shell can run.
  const shell = world.platform === "win32";
  const quoted = shell ? files.map((file) => `"${file}"`) : files;
  const { status, error } = spawnSync(shell ? `"${code}"` : code, ["--diff", ...quoted], {
    stdio: "inherit",
    shell,
    env: { ...world.env },
  });
  if (error !== undefined || status !== 0)
    throw new CourseError(`VS Code did not open (${error?.message ?? `exit code ${status}`})`);
}
