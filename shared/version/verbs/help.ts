import { say } from "../../course/world.ts";
import { buildProgram } from "../program.ts";
import type { Verb } from "../verb.ts";

/** `help [verb]`: the overview, or one verb with its examples. */
export const verb: Verb = {
  summary: "this overview, or how one verb is used",
  isRare: true,
  examples: [["./version.sh help diff", "how diff is used"]],
  define(command, { world, verbs }) {
    command.argument("[verb]", "the verb to explain").action(async (name: string | undefined) => {
      if (name !== undefined) {
        const program = await buildProgram(world, verbs, [name]);
        program.commands[0]?.outputHelp();
        return;
      }
      const names = Object.keys(verbs).filter((each) => !each.startsWith("_"));
      const width = Math.max(...names.map((each) => each.length));
      say(world, "Usage: ./version.sh VERB …        one command for the whole course\n");
      const rare: string[] = [];
      for (const each of names) {
        const loaded = await verbs[each]?.();
        if (loaded?.verb.isRare) rare.push(each);
        else if (loaded) say(world, `  ${each.padEnd(width)}  ${loaded.verb.summary}`);
      }
      for (const line of wrapped(`and ${rare.join(", ")}`)) say(world, `  ${line}`);
      say(
        world,
        "\nA step may be typed as 4, 04 or steps/04. More on a verb: ./version.sh help VERB",
      );
      say(
        world,
        "Begin with: ./version.sh adopt 00 (or try 00), npm start, then ./version.sh next",
      );
    });
  },
};

/** A list in lines that fit on a terminal; what goes on in a second line stands further in. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.pop();
    if (last === undefined) lines.push(word);
    else if (last.length + word.length < 76) lines.push(`${last} ${word}`);
    else lines.push(last, `    ${word}`);
  }
  return lines;
}
