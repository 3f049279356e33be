import { shortName } from "../../course/course.ts";
import type { NewIds } from "./ids.ts";

const ID = String.raw`\d\d[a-z]?(?![\w])`;
const LIST = `${ID}(?:(?:, | and | or | to |, and )(?:step )?${ID})*`;
/** The verbs whose arguments are steps. */
const VERBS = "start|adopt|try|diff|reset|insert|prep|remove|rename|carry|compare";

/**
 * A text that names steps, with their new names. All of them change at once, so that 03 may become
 * 04 while 04 becomes 05. What merely looks like a step, such as 10 in a date, stays.
 *
 * A step is named by its folder (`steps/07`, `../07/`, `](07/`, `app-07.ts`), after the word step or version,
 * as an argument of ./version.sh, as what begins there in course.json, as the text of a link to a folder, in `isBefore("07")`; and with a
 * letter, `07b`, wherever it is a word of its own.
 *
 * @param course the folder of the course whose steps get new names
 * @param own whether the text belongs to that course, so that "step 07" is one of its steps
 */
export function withNewIds(text: string, ids: NewIds, course: string, own = true): string {
  const renamed = (id: string) => ids.get(id) ?? id;
  const inList = (list: string) => list.replace(new RegExp(`\\b${ID}`, "g"), renamed);
  const folders = [course, shortName(course)].map(RegExp.escape).join("|");
  const patterns: [string, (found: string) => string][] = [
    // What is typed for `sequels/counter/07` is `counter/07`, too.
    [String.raw`(?<![\w-])(?:${folders})/${ID}`, (found) => replaceEnd(found, renamed)],
    // A version that is handed to a program beside the folder that it is of.
    [String.raw`\bVERSION=${ID}(?= (?:${folders})/)`, (found) => replaceEnd(found, renamed)],
  ];
  if (own)
    patterns.push(
      [String.raw`(?<![\w.])\.\./${ID}(?=/)`, (found) => replaceEnd(found, renamed)],
      [String.raw`(?<=\]\()${ID}(?=/)`, renamed],
      [String.raw`\bapp-${ID}(?=\.ts)`, (found) => replaceEnd(found, renamed)],
      [String.raw`\bisBefore\(["']${ID}(?=["'])`, (found) => replaceEnd(found, renamed)],
      [String.raw`\b[Ss]teps? ${LIST}`, inList],
      [String.raw`\b[Vv]ersion(?:"?: ?"| )${ID}`, (found) => replaceEnd(found, renamed)],
      [`"(?:from|lib|image)": ?"${ID}(?=")`, (found) => replaceEnd(found, renamed)],
      [String.raw`\[${ID}(?=\]\()`, (found) => replaceEnd(found, renamed)],
      [
        String.raw`(?:(?:version\.sh |${"`"})(?:${VERBS})|\bnpm start --)(?: \d{1,2}[a-z]?(?![\w.:-]))+`,
        (found) => found.replace(/ (\d{1,2}[a-z]?)(?!\w)/g, (_, typed) => ` ${typedAs(typed)}`),
      ],
      [String.raw`(?<![\w./#:-])\d\d[a-z](?![\w-])`, renamed],
    );
  const typedAs = (typed: string) => {
    if (/^\d\d/.test(typed)) return renamed(typed);
    const id = renamed(`0${typed}`);
    return id.replace(/^0/, "");
  };
  const any = new RegExp(patterns.map(([pattern]) => `(${pattern})`).join("|"), "g");
  return text.replace(any, (found, ...groups) => {
    const which = patterns.findIndex((_, index) => groups[index] !== undefined);
    return patterns[which]?.[1](found) ?? found;
  });
}

function replaceEnd(found: string, renamed: (id: string) => string): string {
  return found.replace(/\d\d[a-z]?$/, renamed);
}
