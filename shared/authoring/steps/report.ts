import { say, type World } from "../../course/world.ts";
import type { NewIds } from "./ids.ts";
import type { Done } from "./rearrange.ts";

/** Says what followed a change of the steps. */
export function reportDone(world: World, moved: NewIds, { texts, mine, aside }: Done): void {
  if (moved.size > 0) {
    const pairs = [...moved].map(([from, to]) => `${from} is ${to}`);
    say(world, `Renamed: ${pairs.join(", ")}`);
  }
  for (const { from, to } of mine) say(world, `Moved with it: ${from}/ is ${to}/ now`);
  for (const { from, to } of aside)
    say(world, `${from}/ was left of another branch: it is kept as ${to}/`);
  const files = texts.filter((path) => !path.startsWith("mine/"));
  if (files.length > 0)
    say(
      world,
      `Names, numbers and links follow in ${files.length === 1 ? "1 file" : `${files.length} files`}: read git diff before you commit`,
    );
}

/** What is left to do after any change of the steps. */
export function reportNext(world: World): void {
  say(world, "Next: npm run generate, and ./version.sh lint says what is still to be written");
}
