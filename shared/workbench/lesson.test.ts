import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readCourse } from "../course/course.ts";
import type { World } from "../course/world.ts";
import { doableOf } from "./lesson.ts";

const root = resolve(import.meta.dirname, "../..");
const course = readCourse({ root, cwd: root } as World, "steps");
const step = (id: string) => {
  const found = course.steps.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return doableOf(root, course, found);
};

test.each([
  ["00", ["/"]],
  ["01b", ["/db/alive"]],
  ["01c", ["/api/version"]],
  ["03", ["/api/users"]],
  ["04", ["/front/users"]],
  ["12", ["/front/messages/1", "/front/messages/2"]],
  ["19", ["/front/messages/1", "/front/messages/2"]],
])("step %s is looked at on %j", (id, views) => {
  expect(step(id).views).toEqual(views);
});

test("the commands are those of the bash blocks", () => {
  expect(step("03").commands).toEqual([
    "http :5001/api/users",
    "./version.sh fill",
    "http :5001/api/users",
  ]);
});
