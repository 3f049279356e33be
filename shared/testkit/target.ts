import { inject } from "vitest";
import type { App, Start } from "./app.ts";
import type { LentPage } from "./lend-page.ts";

/** The app under test, as vitest.config.ts provides it. */
export type Target = {
  /** Absolute path of the folder that holds its app.ts. */
  folder: string;
  /** Absolute path of the course's folder. */
  course: string;
  /** The step whose promises it has to keep, such as "07b". */
  step: string;
  /** All steps of the course, in order. */
  steps: string[];
  /** Where a check gets a running copy of the app instead of starting one itself. */
  lend?: (folder: string, start: Start) => Promise<App>;
  /** Where it gets the pages of a test, numbered from 0, if not from `lendPage`. */
  openPage?: (turn: number) => Promise<LentPage>;
  /** The longest that a check may wait for what has to happen, in ms: a first look is shorter. */
  longestWait?: () => number;
};

declare module "vitest" {
  interface ProvidedContext {
    target: Target;
  }
}

/** The app that the running check is pointed at. */
export const target = (): Target => inject("target");

/**
 * Whether the app under test is of an earlier step than `step`: a promise that a later step's
 * title takes back is checked only until there.
 * @throws when the course has no such step, because a promise would silently go unchecked.
 */
export const isBefore = (step: string): boolean => {
  const { steps, step: own } = target();
  if (!steps.includes(step)) throw new Error(`isBefore("${step}"): the course has no such step`);
  return steps.indexOf(own) < steps.indexOf(step);
};
