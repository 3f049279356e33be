import type { Rule } from "../text.ts";
import { budget, imports, ownNumber } from "./app.ts";
import { formattingOnly, unannounced } from "./changes.ts";
import { drawings } from "./drawings.ts";
import { closingPage } from "./end.ts";
import { missingFiles, unlistedFiles } from "./files.ts";
import { usesLater } from "./later.ts";
import { lessonParts, titles } from "./lesson.ts";

/** The rules that need no more than the texts of a course, in the order in which they are told. */
export const rules: readonly Rule[] = [
  unlistedFiles,
  missingFiles,
  lessonParts,
  titles,
  drawings,
  closingPage,
  imports,
  ownNumber,
  usesLater,
  budget,
  formattingOnly,
  unannounced,
];
