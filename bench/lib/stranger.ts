import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AppCopy, copyOf, lastStepOf } from "./app.ts";

const LIMIT = "makeLimit(5, 3000)";

/** The folder of the stranger's last step. */
export const finishedStranger = (root: string): string => lastStepOf(root, "sequels/stranger");

/**
 * A copy of the finished stranger, without its limit of messages, of which nothing else is changed.
 * The messages of a few pairs would else say how strict the limit is, and nothing of the app.
 */
export const copyTalkative = (root: string): AppCopy => {
  const copy = copyOf(finishedStranger(root));
  const file = join(copy.folder, "lib", "chat.ts");
  const text = readFileSync(file, "utf8");
  if (!text.includes(LIMIT)) throw new Error(`${file} has no ${LIMIT}: where is its limit?`);
  // A window of no time is always empty.
  writeFileSync(file, text.replace(LIMIT, "makeLimit(5, 0)"));
  return copy;
};
