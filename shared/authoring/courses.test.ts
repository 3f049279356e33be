import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { addFixtureCourse, TINY } from "../testkit/fixture-course.ts";
import type { Repository } from "../version/fixture.ts";
import { copyCourse, edit } from "./fixture.ts";

/** A git repository with a further course whose steps have modules. */
function withTiny(): Repository {
  const course = copyCourse(["00"]);
  addFixtureCourse(course.root);
  course.write({ ".gitignore": "node_modules\n.course\n" });
  for (const args of [
    ["init", "-q", "-b", "main"],
    ["add", "-A"],
    ["commit", "-qm", "all"],
  ])
    git(course, args);
  return course;
}

function git({ root }: Repository, args: readonly string[]): string {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")),
  );
  const who = ["-c", "user.name=a", "-c", "user.email=a@b.c"];
  return execFileSync("git", [...who, ...args], { cwd: root, env, encoding: "utf8" });
}

const at = (path: string) => `${TINY}/${path}`;

test("stats counts the lines of modules", async () => {
  const course = withTiny();
  const { out } = await course.run(`--course ${TINY} stats --json`);
  const { steps } = JSON.parse(out);
  // The split: app.ts is shorter, and two modules are new.
  expect(steps[2]).toMatchObject({ step: "02", files: 3 });
  expect(steps[2].added).toBeGreaterThanOrEqual(29);
});

test("what is one is told as one", async () => {
  const course = withTiny();
  for (const id of ["00", "01", "02"]) rmSync(course.path(at(id)), { recursive: true });
  const { out } = await course.run(`--course ${TINY} stats`);
  expect(out).toMatch(/\nsequels\/tiny\/: 1 step, which adds \d+ lines; /);
  rmSync(course.path(at("example.json")));
  expect((await course.run(`--course ${TINY} rename 03 03b`)).out).toContain("follow in 1 file: ");
});

test("history writes modules, and import brings an edit of one back", async () => {
  const course = withTiny();
  expect((await course.run(`--course ${TINY} history --branch tiny`)).err).toBe("");
  expect(git(course, ["ls-tree", "-r", "--name-only", "tiny"])).toContain("lib/sessions.ts\n");
  git(course, ["switch", "-q", "tiny"]);
  course.write({ "lib/sessions.ts": `${git(course, ["show", "tiny:lib/sessions.ts"])}// more\n` });
  git(course, ["commit", "-qa", "--amend", "--no-edit"]);
  git(course, ["switch", "-q", "main"]);
  const { out, err } = await course.run(`--course ${TINY} import --branch tiny`);
  expect(err).toBe("");
  expect(out).toContain(at("03/lib/sessions.ts"));
  expect(course.read(at("03/lib/sessions.ts"))).toMatch(/\/\/ more\n$/);
  expect(course.read(at("02/lib/sessions.ts"))).not.toContain("// more");
});

test("carry brings a change of a module into the later steps", async () => {
  const course = withTiny();
  edit(course, at("02/lib/sessions.ts"), "// Kept in memory:", "// In memory alone:");
  const { out, err } = await course.run(`--course ${TINY} carry 02 --dry-run`);
  expect(err).toBe("");
  expect(out).toMatch(/03.*\n?.*lib\/sessions\.ts/);
});

test("insert --renumber: what begins at a step, modules and the course's page follow", async () => {
  const course = withTiny();
  const { err } = await course.run(["--course", TINY, "insert", "00", "a new one", "--renumber"]);
  expect(err).toBe("");
  const about = JSON.parse(course.read(at("course.json")));
  expect(about).toMatchObject({ lib: "03", version: { from: "02" }, database: [{ from: "02" }] });
  expect(course.read(at("README.md"))).toContain("| [03](03/README.md) | split: ");
  expect(course.read(at("03/README.md"))).toContain("./sequels/tiny/03/lib/sessions.ts");
  expect(course.read(at("04/lib/notes.ts"))).toContain("openNotes");
  expect(course.read("README.md")).toContain("| 5 | chat |");
  expect(course.read("README.md")).toContain("In 24 steps");
});

test("hint quotes a module", async () => {
  const course = withTiny();
  const hints = [];
  for (let count = 0; count < 6; count++)
    hints.push((await course.run(`--course ${TINY} hint ${TINY}/02`)).out);
  expect(hints.join("\n")).toContain("return { insertNote, listNotes };");
});
