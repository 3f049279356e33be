import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `env`: the line that makes plain `node` and `http` the course's own in a shell. */
export const verb: Verb = {
  summary: "print the line that puts the course's http and node on the PATH",
  isRare: true,
  examples: [['eval "$(./version.sh env)"', "from then on: http :5001, node, npx tsx …"]],
  define(command, { world }) {
    command.action(() => {
      say(world, `export PATH=${quoted(shellPath(`${world.root}/node_modules/.bin`))}:"$PATH"`);
    });
  },
};

/** A path as Git Bash writes it: `C:\\course` is `/c/course`; others as they are. */
export function shellPath(path: string): string {
  const [, drive, rest] = /^([A-Za-z]):[\\/](.*)$/.exec(path) ?? [];
  return drive === undefined ? path : `/${drive.toLowerCase()}/${rest?.replaceAll("\\", "/")}`;
}

/** A text as one word of the shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
