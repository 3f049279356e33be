import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { courseFolders, DEFAULT_COURSE, readCourse } from "../../course/course.ts";
import { tables } from "./index.ts";
import { testKnown } from "./test-known.ts";

const root = resolve(import.meta.dirname, "../../..");
const folders = courseFolders(root).filter((folder) => existsSync(join(root, folder)));

test("each course has known apps that prove its checks", () => {
  expect(Object.keys(tables).sort()).toEqual(folders.toSorted());
});

test("the chat has at least 100 faults, and two right apps for every step", () => {
  const chat = tables[DEFAULT_COURSE];
  expect(chat?.wrongApps.length).toBeGreaterThanOrEqual(100);
  for (const { id } of readCourse({ root }, DEFAULT_COURSE).steps)
    expect(chat?.rightApps.filter(({ step }) => step === id).length, id).toBeGreaterThan(1);
});

for (const [folder, table] of Object.entries(tables))
  describe(folder, () => testKnown(root, readCourse({ root }, folder), table));
