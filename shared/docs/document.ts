/** Where something stands in a document. */
interface Place {
  /** Counted from 1. */
  readonly line: number;
  /** The heading of the second level that it stands under; "" above the first one. */
  readonly section: string;
}

/** The answer that a document prints under a command. */
export interface Answer {
  readonly lang: string;
  readonly text: string;
  readonly line: number;
  /** Where its lines stand in the document's text, the fences not included. */
  readonly start: number;
  readonly end: number;
  /** What stands before each of its lines, where the block is part of a list. */
  readonly indent: string;
}

/** A line of a `bash` block. */
export interface Command extends Place {
  readonly kind: "command";
  readonly text: string;
  /** The first of its block: there the terminal is in the top folder. */
  readonly first: boolean;
  readonly answer?: Answer;
}

/** An address of the course's server, to be opened in the browser. */
export interface Page extends Place {
  readonly kind: "page";
  readonly address: string;
  /** What has to be seen there: the bold words behind the address. */
  readonly words: readonly string[];
  /** The code spans behind it: a path that the browser ends at, or what the server's terminal shows. */
  readonly codes: readonly string[];
}

/** A block of code that has to stand in a file of the lesson's step. */
export interface Quotation extends Place {
  readonly kind: "quotation";
  readonly lang: string;
  readonly text: string;
}

/** A link or a picture. */
export interface Link extends Place {
  readonly kind: "link";
  readonly address: string;
}

/** A code span of the running text; `leads` if a list item begins with it. */
export interface Span extends Place {
  readonly kind: "span";
  readonly text: string;
  readonly leads: boolean;
}

/** Something that is checked. */
export type Part = Command | Page | Quotation | Link | Span;

/** A Markdown file, taken apart. */
export interface Document {
  /** From the root, with forward slashes. */
  readonly file: string;
  readonly text: string;
  /** In the order of the text. */
  readonly parts: readonly Part[];
  /** The anchors of its headings, as GitHub makes them. */
  readonly anchors: readonly string[];
  /** Blocks that nobody would check. */
  readonly problems: readonly (Place & { readonly message: string })[];
}

/** The parts of one kind. */
export function partsOf<K extends Part["kind"]>(
  document: Document,
  kind: K,
): Extract<Part, { kind: K }>[] {
  return document.parts.filter((part): part is Extract<Part, { kind: K }> => part.kind === kind);
}
