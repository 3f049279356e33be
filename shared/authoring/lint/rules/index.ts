import type { Rule } from "../text.ts";
import { aboutFaults } from "./about.ts";
import { budget, imports, ownNumber } from "./app.ts";
import { changesNothing, formattingOnly, unannounced } from "./changes.ts";
import { drawings } from "./drawings.ts";
import { closingPage } from "./end.ts";
import { missingFiles, missingReadme, unlistedFiles } from "./files.ts";
import { imageRules } from "./image.ts";
import { usesLater } from "./later.ts";
import { lessonParts, titles } from "./lesson.ts";
import { modules } from "./modules.ts";
import { asksNowhere } from "./nowhere.ts";
import { sectionNames } from "./sections.ts";
import { splitOnlyMoves } from "./split.ts";

/** The rules that need no more than the texts of a course, in the order in which they are told. */
export const rules: readonly Rule[] = [
  aboutFaults,
  unlistedFiles,
  missingFiles,
  missingReadme,
  lessonParts,
  titles,
  drawings,
  closingPage,
  imports,
  modules,
  splitOnlyMoves,
  ownNumber,
  sectionNames,
  imageRules,
  usesLater,
  asksNowhere,
  budget,
  changesNothing,
  formattingOnly,
  unannounced,
];
