import type { Document } from "./document.ts";

/** Something in a document that is not so. */
export interface Failure {
  readonly file: string;
  readonly line: number;
  /** The command, address, link or block that it is about. */
  readonly what: string;
  readonly expected: string;
  readonly seen: string;
  /** Whether `npm run docs:update` can write what was seen. */
  readonly mendable?: boolean;
}

/** A failure at a place of a document. */
export function failureAt(
  { file }: Pick<Document, "file">,
  { line }: { line: number },
  what: string,
  expected: string,
  seen: string,
): Failure {
  return { file, line, what, expected, seen };
}

/** A failure as a person reads it: where, what, expected, seen, and what to do. */
export function explainFailure({ file, line, what, expected, seen, mendable }: Failure): string {
  const cure = mendable
    ? `if what was seen is right: npm run docs:update -- ${file}`
    : "correct the document, or what it tells about";
  return [
    `${file}:${line}: ${what}`,
    "  expected",
    ...indented(expected),
    "  seen",
    ...indented(seen),
    `  cure: ${cure}`,
  ].join("\n");
}

function indented(text: string): string[] {
  return (text || "(nothing)").split("\n").map((line) => `    ${line}`);
}
