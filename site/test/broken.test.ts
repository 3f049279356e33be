import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { build } from "./build.ts";
import { parse } from "./html.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const root = mkdtempSync(join(tmpdir(), "course-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const step = (id: string, files: Record<string, string | Uint8Array>) => {
  mkdirSync(join(root, "steps", id, "public"), { recursive: true });
  for (const [path, content] of Object.entries(files))
    writeFileSync(join(root, "steps", id, path), content);
};

const BROKEN = `Some words, [a link](../07/README.md) and [another one](nowhere.md).

## Try it

\`\`\`bash
http :5001/

## Exercise

Never shown as a heading.
`;

test("broken steps are built all the same, and their pages say what is wrong", () => {
  symlinkSync(join(REPOSITORY, "node_modules"), join(root, "node_modules"));
  cpSync(join(REPOSITORY, "tsconfig.json"), join(root, "tsconfig.json"));
  cpSync(join(REPOSITORY, "steps/course.json"), join(root, "steps/course.json"));
  step("00", {
    "app.ts": "const broken: = ;\n",
    "README.md": "# first\n\n<details><summary>Hint\n\nopen\n",
  });
  step("01", { "app.ts": "const one = 1;\n" });
  step("02", {
    "app.ts": "const one = 1;\n",
    "README.md": BROKEN,
    "public/logo.bin": new Uint8Array([1, 0, 2]),
    "public/empty.css": "",
  });
  step("03", { "README.md": "# last <script>alert(1)</script>\n" });
  const { dist, log, status } = build({ COURSE_ROOT: root });
  expect(status, log).toBe(0);
  const page = (id: string) => parse(readFileSync(join(dist, "steps", id, "index.html"), "utf8"));
  const faults = (id: string) =>
    page(id)
      .querySelectorAll(".faults")
      .map((each) => each.textContent.replace(/\s+/g, " ").trim());

  expect(faults("00").join()).toContain(
    "README.md, line 3: a fold is not complete: </details> is missing",
  );
  expect(faults("01").join()).toContain("steps/01/README.md is missing: this step has no lesson");
  expect(
    page("01")
      .querySelectorAll(".row")
      .map((row) => row.textContent.trim()),
  ).toContain("const one = 1;");
  expect(faults("02").join()).toContain("README.md, line 1: there is no title");
  expect(faults("02").join()).toContain("line 1: the link to 'nowhere.md' leads nowhere");
  expect(faults("02").join()).toContain(
    "line 5: the code block that begins here never ends: close it with ```",
  );
  expect(page("02").querySelector("[data-file='public/logo.bin']")?.textContent).toContain(
    "binary",
  );
  expect(page("02").querySelector("[data-file='public/empty.css']")?.textContent).toContain(
    "empty",
  );
  expect(faults("03").join()).toContain("steps/03/app.ts is not there");
  expect(log).toContain("steps/02/README.md:5: the code block that begins here never ends");

  const front = parse(readFileSync(join(dist, "index.html"), "utf8")).querySelectorAll(".fault");
  expect(front.length).toBe(3);
  rmSync(dirname(dist), { recursive: true, force: true });
});

test("a course that is not there is named in one line", () => {
  const { log, status } = build({ COURSE: "sequels/none" });
  expect(status).not.toBe(0);
  expect(log).toContain("there is no course folder 'sequels/none'");
});
