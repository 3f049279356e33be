import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `course NAME "title"`: a further course, with a first step. */
export const verb: Verb = {
  summary: "for authors: begin a further course, with a first step that runs",
  isRare: true,
  examples: [['./version.sh course guest-book "Who was here"', "sequels/guest-book/"]],
  define(command, context) {
    command
      .argument("<name>", "its folder in sequels/: small letters, digits and hyphens")
      .argument("<title>", "what its learners build, in quotes")
      .action(async (name: string, title: string) => {
        const { world } = context;
        const { newCourse } = await import("../../authoring/course/new-course.ts");
        const folder = await newCourse(world, name, title);
        say(world, `The course ${folder}/ is there: course.json, README.md, and step 00`);
        say(world, `Look at it:  ./version.sh adopt ${folder}/00, then npm start`);
        say(
          world,
          `Go on:       ./version.sh --course ${folder} prep, the folder of the next step`,
        );
        say(world, `It is kept:  ./version.sh --course ${folder} lint`);
      });
  },
};
