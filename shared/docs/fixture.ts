import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { copyRepository, remove } from "./copy.ts";

/** Whether documents can be run here: Windows has no process groups, which end all that was started. */
export const CAN_RUN = process.platform !== "win32";

/** A test that runs documents. */
export const runTest = test.skipIf(!CAN_RUN);

/** This repository. */
export const repository = resolve(import.meta.dirname, "../..");

/** A copy of the repository in which one text of one file is another one. */
export function withFault(file: string, from: string, to: string): string {
  const root = copyRepository(repository);
  onTestFinished(() => remove(root));
  const text = readFileSync(join(root, file), "utf8");
  expect(text, `${file} is not what this test was written for`).toContain(from);
  writeFileSync(join(root, file), text.replace(from, to));
  return root;
}
