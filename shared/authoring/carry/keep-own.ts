import { say, type World } from "../../course/world.ts";
import type { Files } from "./files.ts";
import { ownPaths } from "./resume.ts";
import { filesOfSave, isSaved, keepAside, restoring } from "./saves.ts";
import { stagedAlone } from "./staged.ts";
import type { Save, State } from "./state.ts";

/**
 * Keeps what the author wrote at each stop, and what stands in the index alone, before it is taken
 * back; says how to get it back.
 * @param found the steps that the carry was in, with their files as they are now
 * @returns all saves of this carry: those of an abort that was interrupted, too
 */
export function keepOwn(world: World, state: State, found: ReadonlyMap<string, Files>): Save[] {
  const earlier = state.saves.filter(({ name }) => isSaved(world, name));
  const known = earlier.map(({ name }) => filesOfSave(world, name));
  const dirOf = (id: string) => `${state.course}/${id}`;
  /** The paths of what is the author's and in no save yet. */
  const own = (id: string, files: Files) =>
    ownPaths(state, id, files).filter(
      (path) => !known.some((save) => save.get(`${dirOf(id)}/${path}`) === files.get(path)),
    );
  const save = (what: Save["what"], steps: readonly (readonly [string, Files])[]): Save[] =>
    steps.length === 0
      ? []
      : [{ name: keepAside(world, state.course, Object.fromEntries(steps)), what }];

  // At each stop, not the last one alone; after an interruption, what is still there of it.
  const written = [...found].filter(([id, files]) => own(id, files).length > 0);
  const inIndex = stagedAlone(world, [...found.keys()].map(dirOf));
  const staged = [...found.keys()]
    .map((id) => {
      const files: Files = inIndex.get(dirOf(id)) ?? new Map();
      const paths = own(id, files);
      return [id, new Map([...files].filter(([path]) => paths.includes(path)))] as const;
    })
    .filter(([, files]) => files.size > 0);
  const saves = [...earlier, ...save("wrote yourself", written), ...save("had staged", staged)];
  for (const { name, what } of saves)
    say(world, `What you ${what} is kept: ${restoring(world, name)}`);
  return saves;
}
