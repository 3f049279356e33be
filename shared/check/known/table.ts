/** A text of the author's file, and what stands there instead. */
export type Edit = readonly [file: string, from: string, to: string];

/** An app that is known to be right or wrong: the author's step with a few edits. */
export type Known = { step: string; title: string; edits: readonly Edit[] };

/** An app with one fault. */
export type Wrong = Known & {
  /** A part of the promise, or of the message, that names the fault. */
  expected: string;
  /** The step whose check sees the fault; the app's own if left out. */
  check: string;
};

/** The known apps of a course, in its order. */
export type Tables = { rightApps: readonly Known[]; wrongApps: readonly Wrong[] };

/** One row of `faults`. */
export type Fault = readonly [title: string, expected: string, ...edits: Edit[]];

/**
 * Faults of one step.
 * @param check the step whose check sees them, where that is an earlier one
 */
export const faults = (step: string, list: readonly Fault[], check = step): Wrong[] =>
  list.map(([title, expected, ...edits]) => ({ step, title, expected, edits, check }));

/** The same edits, right in each of some steps. */
export const right = (title: string, steps: string, ...edits: Edit[]): Known[] =>
  steps.split(" ").map((step) => ({ step, title, edits }));

/** An edit of app.ts. */
export const app = (from: string, to: string): Edit => ["app.ts", from, to];
/** An edit of public/script.js. */
export const script = (from: string, to: string): Edit => ["public/script.js", from, to];
/** An edit of public/style.css. */
export const style = (from: string, to: string): Edit => ["public/style.css", from, to];
/** An edit of views/users.ejs. */
export const users = (from: string, to: string): Edit => ["views/users.ejs", from, to];
/** An edit of views/messages.ejs. */
export const messages = (from: string, to: string): Edit => ["views/messages.ejs", from, to];
