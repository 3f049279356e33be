import { afterEach, beforeEach } from "vitest";

const failed = new Set<string>();

beforeEach(({ task, skip }) => {
  if (failed.has(task.file.id)) skip("an earlier test of this file has failed");
});
afterEach(({ task }) => {
  if (task.result?.state === "fail") failed.add(task.file.id);
});
