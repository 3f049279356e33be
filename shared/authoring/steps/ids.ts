import { CourseError } from "../../course/errors.ts";

/** New names of steps by their old ones; a step that is not in it keeps its name. */
export type NewIds = ReadonlyMap<string, string>;

/** Where a new step goes. */
export interface Place {
  readonly id: string;
  /** The steps that make room. */
  readonly moved: NewIds;
}

const LETTERS = "bcdefghijklmnopqrstuvwxyz";

/**
 * The name of a new step between one and the next: the same number with the next letter.
 * @throws CourseError if no name is free there
 * @example placeAfter(["03", "04"], "03") // 03b
 */
export function placeAfter(ids: readonly string[], after: string): Place {
  const next = nextOf(ids, after);
  const [, number = "", letter = ""] = /^(\d\d)([a-z]?)$/.exec(after) ?? [];
  const free = [...LETTERS, "a"]
    .map((each) => `${number}${each}`)
    .filter((id) => (letter === "" || id > after) && id > after && (!next || id < next));
  const [id] = free;
  if (id === undefined)
    throw new CourseError(
      `no name is free between step ${after} and step ${next}: --renumber makes room`,
    );
  return { id, moved: new Map() };
}

/**
 * The next whole number for a new step, and all steps after it one number further; letters stay.
 * @throws CourseError if the last step has the number 99
 * @example placeByNumber(["03", "03b", "04"], "03") // 04, and 03b becomes 04b, 04 becomes 05
 */
export function placeByNumber(ids: readonly string[], after: string): Place {
  const later = ids.filter((id) => id > after);
  const moved = new Map(later.map((id) => [id, plusOne(id)]));
  return { id: plusOne(after).slice(0, 2), moved };
}

/** As `prep` names a step: the next whole number where it is free, else with a letter. */
export function placeNext(ids: readonly string[], after: string): Place {
  const next = nextOf(ids, after);
  const number = Number(after.slice(0, 2)) + 1;
  const id = String(number).padStart(2, "0");
  if (number < 100 && (next === undefined || id < next)) return { id, moved: new Map() };
  return placeAfter(ids, after);
}

function nextOf(ids: readonly string[], after: string): string | undefined {
  return ids[ids.indexOf(after) + 1];
}

function plusOne(id: string): string {
  const number = Number(id.slice(0, 2)) + 1;
  if (number > 99)
    throw new CourseError(
      "step 99 cannot get a higher number: step names have two digits, so remove a step first",
    );
  return `${String(number).padStart(2, "0")}${id.slice(2)}`;
}
