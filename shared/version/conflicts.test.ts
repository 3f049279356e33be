import { expect, test } from "vitest";
import { conflictsWith } from "../own/conflicts.ts";
import { makeRepository } from "./fixture.ts";

const BASE = ["import a;", "", "const one = 1;", "const two = 2;", "", "listen();", ""].join("\n");
const NEXT = BASE.replace("const two = 2;", "const two = 2;\nconst three = 3;");

/** The places where our next step does not fit a learner's file. */
function conflicts(
  mine: Record<string, string>,
  base: Record<string, string>,
  next: Record<string, string>,
) {
  const inside = (dir: string, files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${dir}/${path}`, text]));
  const repository = makeRepository({
    ...inside("mine/steps/01", mine),
    ...inside("steps/01", base),
    ...inside("steps/02", next),
  });
  const step = (dir: string) => ({ id: "01", course: "steps", dir, path: repository.path(dir) });
  return conflictsWith(step("steps/01"), step("mine/steps/01"), step("steps/02"));
}
const inApp = (mine: string, next = NEXT) =>
  conflicts({ "app.ts": mine }, { "app.ts": BASE }, { "app.ts": next });

test.each([
  ["the same as ours", BASE, []],
  ["changed far from it", BASE.replace("import a;", "import b;"), []],
  [
    "changed at the place",
    BASE.replace("const two = 2;", "const deux = 2;"),
    [{ path: "app.ts", line: 4, text: "const two = 2;" }],
  ],
  [
    "removed at the place",
    BASE.replace("const two = 2;\n", ""),
    [{ path: "app.ts", line: 4, text: "const two = 2;" }],
  ],
  [
    "all of it written anew",
    "quite\nanother\nprogram\n",
    [{ path: "app.ts", line: 4, text: "const two = 2;" }],
  ],
])("a learner's file that is %s", (_, mine, expected) => {
  expect(inApp(mine)).toEqual(expected);
});

test("a file that the learner does not have, or that our next step leaves alone", () => {
  const base = { "app.ts": BASE, "views/users.ejs": "<p>one</p>\n", "public/style.css": "a {}\n" };
  const next = { "app.ts": BASE, "views/users.ejs": "<p>two</p>\n", "public/style.css": "b {}\n" };
  expect(conflicts({ "app.ts": "other\n" }, base, next)).toEqual([
    { path: "views/users.ejs", line: 0, text: "" },
  ]);
});
