import { isOfSplit } from "../../../course/lesson.ts";
import { sectionOf } from "../../../course/lesson-parts.ts";
import type { Finding } from "../finding.ts";
import { type CourseText, neighbours, programOf, type StepText } from "../text.ts";

/** Lines that a split step may have beyond those that it moves: what hands things from file to file. */
const FURTHER = 10;
/** A statement that a formatter has laid out on several lines has no more than these. */
const WINDOW = 12;

/**
 * A split step that does more than move: a line of the step before that is not there any more, more
 * further lines than it takes to hand things over, and a further line that the lesson does not quote.
 *
 * Lines are compared without indentation, without `import` and `export`, with `router.` read as
 * `app.`, and whichever file they stand in; those without a word, and the marks of sections, say
 * nothing of what was moved.
 */
export function splitOnlyMoves(course: CourseText): Finding[] {
  return neighbours(course).flatMap(([before, step]) =>
    isSplit(step, course.about) ? movesOnly(before, step) : [],
  );
}

/** Whether a step is a split: the one from which on there are modules, and each whose title says so. */
export function isSplit({ id, files }: StepText, about: CourseText["about"]): boolean {
  return id === about?.lib || isOfSplit(files.get("README.md"));
}

function movesOnly(before: StepText, step: StepText): Finding[] {
  const { gone, further } = movedBetween(before, step);
  const file = `${step.dir}/app.ts`;
  const quoted = quotedIn(step);
  return [
    ...gone.map((line) => ({
      file,
      what: `the line "${line}" of step ${before.id} is not in this step, and a split only moves`,
      cure: "bring it back word for word, and change it in the step before or after",
    })),
    ...(further.length > FURTHER
      ? [
          {
            file,
            what: `has ${further.length} lines that step ${before.id} has not, and a split has ${FURTHER} at most`,
            cure: `move alone: leave what is new to the next step (the first of them: "${further[0]}")`,
          },
        ]
      : further
          .filter((line) => !quoted.has(line))
          .map((line) => ({
            file,
            what: `the line "${line}" is new, and the lesson does not quote it`,
            cure: `quote it under "What changed" of ${step.dir}/README.md: a split only moves, but for what is quoted there`,
          }))),
  ];
}

/** What a split leaves out, and what it has besides. */
export function movedBetween(
  before: Pick<StepText, "files">,
  after: Pick<StepText, "files">,
): { gone: string[]; further: string[] } {
  const [old, now] = [linesOf(before), linesOf(after)];
  const gone = minus(old.flat(), now.flat());
  const further = minus(now.flat(), old.flat());
  // A line that got longer or shorter by `export` or its indentation may be laid out anew.
  for (const [one, files, many] of [
    [gone, now, further],
    [further, old, gone],
  ] as const)
    for (const line of [...one]) {
      const window = windowOf(line, files);
      if (window === undefined) continue;
      one.splice(one.indexOf(line), 1);
      for (const each of window) if (many.includes(each)) many.splice(many.indexOf(each), 1);
    }
  return { gone: gone.filter(hasWord), further: further.filter(hasWord) };
}

/** The lines of each file of the program, as they are compared. */
function linesOf(step: Pick<StepText, "files">): string[][] {
  return programOf(step).map(([, text]) =>
    text
      .replace(/^import\b[^;]*;$/gm, "")
      .replace(/^export (?:type )?(?:\*|\{[^}]*\})[^;]*;$/gm, "")
      .split("\n")
      .map(bareLine)
      .filter((line) => line !== "" && !/^\/\/ ---.*---$/.test(line)),
  );
}

function bareLine(line: string): string {
  return line
    .trim()
    .replace(/^export (?:default )?/, "")
    .replace(/\b\w*[rR]outer\.(?=\w)/g, "app.");
}

function hasWord(line: string): boolean {
  return /\w/.test(line);
}

/** The lines of one list that the other does not have, each as often as it is missing there. */
function minus(lines: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of other) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/** The lines next to each other in a file that say the same as one line. */
function windowOf(line: string, files: readonly string[][]): string[] | undefined {
  const wanted = bare(line);
  for (const lines of files)
    for (const start of lines.keys())
      for (let size = 2; size <= WINDOW; size++) {
        const window = lines.slice(start, start + size);
        const text = bare(window.join(""));
        if (text === wanted) return window;
        if (!wanted.startsWith(text.slice(0, 1)) || text.length > wanted.length) break;
      }
  return undefined;
}

/** Without what a formatter may add or take. */
function bare(code: string): string {
  return code.replace(/\s+/g, "").replace(/,(?=[)\]}])/g, "");
}

/** The lines that the lesson shows under "What changed". */
function quotedIn({ files }: StepText): Set<string> {
  const changed = sectionOf(files.get("README.md") ?? "", "What changed");
  const blocks = [...changed.matchAll(/^\s*(```|~~~)\w*\n([\s\S]*?)^\s*\1/gm)];
  return new Set(blocks.flatMap(([, , code = ""]) => code.split("\n").map(bareLine)));
}
