/** A rule of the course that is broken: where, what is wrong, and how to mend it. */
export interface Finding {
  /** From the root, with forward slashes: `steps/07/app.ts`. */
  readonly file: string;
  /** Counted from 1, where one line is meant. */
  readonly line?: number;
  readonly what: string;
  readonly cure: string;
}

/** A finding as one line: `steps/07/app.ts:12: what is wrong: how to mend it`. */
export function lineOf({ file, line, what, cure }: Finding): string {
  return `${file}${line === undefined ? "" : `:${line}`}: ${what}: ${cure}`;
}

/** The number of the line, counted from 1, that a place in a text stands in. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
