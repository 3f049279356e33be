import type { Edit } from "./edits.ts";
import { FIXES } from "./fixes.ts";
import { OTHERS } from "./others.ts";

/** Edits of the real steps: a further one is a line in one of the two. */
export const EDITS: readonly Edit[] = [...FIXES, ...OTHERS];
