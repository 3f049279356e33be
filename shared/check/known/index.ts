/** The apps that are known to be right or wrong, by the folder of their course: each has its folder here. */
import * as counter from "./counter/index.ts";
import { rightApps } from "./steps/right.ts";
import { wrongApps } from "./steps/wrong.ts";
import * as stranger from "./stranger/index.ts";
import type { Tables } from "./table.ts";

/** By the course's folder, from the root: a further course is one more line. */
export const tables: Readonly<Record<string, Tables>> = {
  steps: { rightApps, wrongApps },
  "sequels/counter": counter,
  "sequels/stranger": stranger,
};
