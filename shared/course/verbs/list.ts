import { type Step, titleFor } from "../course.ts";
import { databaseOf, dataOf } from "../data.ts";
import { hasMine, mineOf } from "../mine.ts";
import { adoptedDir, authorDir } from "../state.ts";
import { painter } from "../text.ts";
import type { Verb } from "../verb.ts";
import { say } from "../world.ts";

/** `list`: the steps, the adopted one and those with data marked. */
export const verb: Verb = {
  summary: "list the steps; the adopted one and those with data are marked",
  examples: [
    ["./version.sh list", "● adopted, [data] rows, [yours] begun"],
    ["./version.sh list --course sequels/NAME", "another course"],
  ],
  define(command, context) {
    command.action(() => {
      const { world } = context;
      const paint = painter(world);
      const adopted = adoptedDir(world);
      const at = authorDir(adopted ?? "");
      for (const step of context.course().steps) {
        const mark = step.dir === at ? "●" : " ";
        const mine = hasMine(world, step)
          ? `  [yours${dataMark(mineOf(world, step), ", ", "")}]`
          : "";
        const data = `${dataMark(step, "  [", "]")}${mine}`;
        const line = `${mark} ${step.id.padEnd(3)}  ${titleFor(step)}`;
        say(world, (step.dir === at ? paint("bold", line) : line) + paint("yellow", data));
      }
    });
  },
};

function dataMark(step: Step, before: string, after: string): string {
  const state = dataOf(databaseOf(step));
  if (state === "none") return "";
  return `${before}${state === "some" ? "data" : "data unreadable"}${after}`;
}
