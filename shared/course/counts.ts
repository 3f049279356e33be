const SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
/** The numbers from 0 to 99 in words; a course cannot have many more steps. */
const WORDS = [
  ...SMALL,
  ...TENS.flatMap((ten) => [ten, ...SMALL.slice(1, 10).map((one) => `${ten}-${one}`)]),
];

/**
 * Where a text says how many steps a course has: `24 steps`, `24 small steps`, `four small steps`.
 * "Two steps" in words may be any two.
 */
const STEPS = new RegExp(
  String.raw`\b\d+(?= (?:small )?steps\b)|(?<![\w-])(?:${WORDS.toReversed().join("|")})(?= small steps\b)`,
  "gi",
);

/** Where a text names the last step as such; the step itself stands at the end of what is found. */
const LAST = [
  // A row of programs beside each other: `app-00.ts` … `app-19.ts`.
  /\bapp-\d\d[a-z]?\.ts` … `app-\d\d[a-z]?(?=\.ts)/g,
  /\b(?:last step[^\n]*(?:\n[^\n]+)*\n\n```bash\n)npm start -- (?:[\w-]+\/)*\d\d[a-z]?(?!\w)/g,
  /\blast step,? \(?\d\d[a-z]?(?!\w)/g,
  /\bstep \d\d[a-z]?(?=, the last)/g,
];

/** Something that a text says of its course. */
export interface Told {
  /** The number of steps in digits, or the name of the step. */
  readonly told: string;
  /** Where it stands in the text. */
  readonly index: number;
}

/** How many steps a text says that its course has; what is made by a command is left out. */
export function countsIn(text: string): Told[] {
  return [...withoutTables(text).matchAll(STEPS)].map(({ 0: told, index }) => ({
    told: String(numberOf(told)),
    index,
  }));
}

/** Which step a text calls the last one. */
export function lastsIn(text: string): Told[] {
  return LAST.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => {
      const told = /\d\d[a-z]?$/.exec(found)?.[0] ?? "";
      return { told, index: index + found.length - told.length };
    }),
  );
}

/** A text that says how many steps there are, with another number of them. */
export function withCount(text: string, before: number, now: number): string {
  return text.replace(STEPS, (told) => {
    if (numberOf(told) !== before) return told;
    const word = /^\d/.test(told) ? undefined : WORDS[now];
    if (word === undefined) return String(now);
    return /^[A-Z]/.test(told) ? word.replace(/^./, (letter) => letter.toUpperCase()) : word;
  });
}

function numberOf(told: string): number {
  return /^\d/.test(told) ? Number(told) : WORDS.indexOf(told.toLowerCase());
}

/** A text that names the last step as such, with another one. */
export function withLast(text: string, before: string, now: string): string {
  return LAST.reduce(
    (changed, pattern) =>
      changed.replace(pattern, (found) =>
        found.endsWith(before) ? found.slice(0, -before.length) + now : found,
      ),
    text,
  );
}

/** A text in which the tables that a command makes are blank: their places stay. */
function withoutTables(text: string): string {
  return text.replace(/<!-- (\w+) -->[\s\S]*?<!-- \/\1 -->/g, (table) =>
    table.replace(/[^\n]/g, " "),
  );
}
