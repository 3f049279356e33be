import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isStepId } from "../../shared/course/course.ts";

/** The steps of the chat course, in their order. */
export const stepsOf = (root: string): string[] =>
  readdirSync(join(root, "steps")).filter(isStepId).sort();
