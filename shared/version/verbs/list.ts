import { courseName } from "../../course/about.ts";
import { coursesHere, type Step, shortName, titleFor } from "../../course/course.ts";
import { hasMine, mineOf } from "../../course/mine.ts";
import { adoptedDir, authorDir } from "../../course/state.ts";
import { painter } from "../../course/text.ts";
import { say, type World } from "../../course/world.ts";
import { dataOfStep } from "../../running/data.ts";
import type { Verb } from "../verb.ts";

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
      const course = context.course();
      if (context.hasSequels()) say(world, paint("bold", courseName(world.root, course.folder)));
      for (const step of course.steps) {
        const mark = step.dir === at ? "●" : " ";
        const mine = hasMine(world, step)
          ? `  [yours${dataMark(world, mineOf(world, step), ", ", "")}]`
          : "";
        const data = `${dataMark(world, step, "  [", "]")}${mine}`;
        const line = `${mark} ${step.id.padEnd(3)}  ${titleFor(step)}`;
        say(world, (step.dir === at ? paint("bold", line) : line) + paint("yellow", data));
      }
      for (const other of coursesHere(world.root).filter((folder) => folder !== course.folder))
        say(
          world,
          `\n${courseName(world.root, other)}: ./version.sh list --course ${shortName(other)}`,
        );
    });
  },
};

function dataMark(world: World, step: Step, before: string, after: string): string {
  const state = dataOfStep(world.root, step);
  if (state === "none") return "";
  return `${before}${state === "some" ? "data" : "data unreadable"}${after}`;
}
