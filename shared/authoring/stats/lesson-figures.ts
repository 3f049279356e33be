import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { toString as textOf } from "mdast-util-to-string";

/**
 * Words a minute. Adults read English prose silently at 238 words a minute on average, and slower
 * in a second language: M. Brysbaert, "How many words do we read per minute?", 2019,
 * https://doi.org/10.1016/j.jml.2019.104047
 */
const WORDS_A_MINUTE = 200;

/**
 * Lines of code an hour. Who reads faster overlooks most of what matters: the study of code reviews
 * at Cisco that SmartBear draws its advice from, "inspection rates under 500 LOC per hour",
 * https://smartbear.com/learn/code-review/best-practices-for-peer-code-review/
 */
const LINES_AN_HOUR = 500;

/** Blocks that are answers: they are skimmed like prose, not studied like code. */
const ANSWERS = new Set(["http", "text", "json", "console"]);

/** Longer emphasis is a sentence, and no term. */
const WORDS_OF_A_TERM = 4;

/** What a lesson asks of its reader. */
export interface LessonFigures {
  /** Words of prose and of answers. */
  readonly words: number;
  /** Lines of commands and quoted code that are not empty. */
  readonly lines: number;
  /** To read it, without typing anything. */
  readonly minutes: number;
  /** The terms of the field that it explains: lessons write them `_so_`; `*so*` is stress alone. */
  readonly terms: readonly string[];
}

/** Measures a lesson. The same for every machine: nothing is run. */
export function figuresOf(markdown: string): LessonFigures {
  let words = 0;
  let lines = 0;
  const terms: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === "code") {
      if (ANSWERS.has(node.lang ?? "")) words += countWords(node.value);
      else lines += node.value.split("\n").filter((line) => line.trim() !== "").length;
    } else if (node.type === "text" || node.type === "inlineCode") words += countWords(node.value);
    else if (node.type === "emphasis" && markdown[node.position?.start.offset ?? 0] === "_") {
      const term = textOf(node)
        .replace(/\s+/g, " ")
        .replace(/[.,;:]$/, "");
      if (countWords(term) <= WORDS_OF_A_TERM) terms.push(term);
    }
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(markdown));
  const minutes = words / WORDS_A_MINUTE + (lines / LINES_AN_HOUR) * 60;
  return { words, lines, minutes: Math.round(minutes * 10) / 10, terms };
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;
}
