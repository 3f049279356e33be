import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkDocument } from "../../docs/check-documents.ts";
import { copyRepository, remove } from "../../docs/copy.ts";
import { explainFailure } from "../../docs/failure.ts";
import { CAN_RUN } from "../../docs/fixture.ts";
import { silentWorld } from "../../generate/silent-world.ts";
import { findBrowser } from "../../testkit/browser-program.ts";
import { LONG } from "../../testkit/projects.ts";
import { makeRepository, startProcess } from "../../version/fixture.ts";
import { copyCourse, REPOSITORY, snapshot } from "../fixture.ts";
import { newCourse } from "./new-course.ts";

test("course: course.json, a page with its table, a first step; README.md lists the course", async () => {
  const course = copyCourse();
  const before = snapshot(course);
  const { code, out, err } = await course.run(["course", "guest-book", "Who was here, `live`"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("The course sequels/guest-book/ is there");
  const after = snapshot(course);
  const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
  expect(changed.sort()).toEqual([
    "README.md",
    "sequels/guest-book/00/README.md",
    "sequels/guest-book/00/app.ts",
    "sequels/guest-book/00/check.test.ts",
    "sequels/guest-book/README.md",
    "sequels/guest-book/course.json",
  ]);
  expect(course.read("README.md")).toContain(
    "| [guest-book](sequels/guest-book/README.md) | Who was here, `live` | 1 | chat |",
  );
  expect(course.read("sequels/guest-book/README.md")).toContain(
    "\n| [00](00/README.md) | a server",
  );
  expect((await course.run("list --course sequels/guest-book")).out).toContain("00 ");
  // The chat is as it was, and the next step of the new course can be begun.
  expect((await course.run("lint --quick")).out).toBe("24 steps keep the course's rules.\n");
  expect((await course.run("--course sequels/guest-book prep")).out).toContain(
    "Step 01 is sequels/guest-book/01/",
  );
  expect(course.read("sequels/guest-book/README.md")).toContain("| [01](01/README.md)");
  expect(course.read("README.md")).toContain("`live` | 2 | chat |");
});

test.skipIf(!CAN_RUN)(
  "a new course is green at once: the linter, its check, known apps, types, format, its documents",
  async () => {
    const root = copyRepository(REPOSITORY);
    onTestFinished(() => remove(root));
    const folder = await newCourse(silentWorld(root), "raffle", 'One "shared" button');
    // By the tools of the copy, which its check leans on.
    const main = join(root, "shared/version/main.ts");
    const args = [main, "--course", folder, "lint"];
    const linted = startProcess(process.execPath, args, { cwd: root });
    expect(await linted.ended, linted.output()).toBe(0);
    expect(linted.output()).toBe("1 step keeps the course's rules.\n");
    for (const file of [`${folder}/README.md`, `${folder}/00/README.md`]) {
      const pages = findBrowser() !== undefined;
      const { failures, pageFailures, counts } = await checkDocument(root, file, {
        pages,
        news: true,
      });
      expect([...failures, ...pageFailures].map(explainFailure)).toEqual([]);
      expect(counts.commands).toBeGreaterThan(0);
    }
    const runs = async (program: string, args: string[], env = {}) => {
      const path = join(REPOSITORY, "node_modules", program);
      const running = startProcess(process.execPath, [path, ...args], { cwd: root, env });
      expect(await running.ended, running.output()).toBe(0);
      return running.output();
    };
    const knownApps = ["run", "--project", "shared", "shared/check/known"];
    expect(await runs("vitest/vitest.mjs", knownApps, { KNOWN: "raffle/00" })).toContain(
      "wrong refused: 2 of 2; right accepted: 1 of 1",
    );
    await runs("typescript/bin/tsc", []);
    await runs("@biomejs/biome/bin/biome", ["ci", folder, "shared/check/known"]);
    const about = JSON.parse(readFileSync(join(root, folder, "course.json"), "utf8"));
    expect(about.title).toBe('One "shared" button');
  },
  LONG,
);

test.each([
  [["course", "Counter", "a"], "'Counter' is no name of a course: small letters, "],
  [["course", "../counter", "a"], "'../counter' is no name of a course: small letters, "],
  [["course", "raffle", " "], "' ' is no title: give one line of text in quotes, "],
  [["course", "steps", "a"], "'steps' is the name of a folder here, so steps/07 would mean "],
  [["course", "public", "a"], "'public' is the name of a folder here, so public/07 would mean "],
  [["course", "raffle"], "missing required argument 'title'"],
])("%j: exit code 2, one line, nothing made", async (args, said) => {
  const course = makeRepository();
  const { code, err } = await course.run(args);
  expect(code).toBe(2);
  expect(err).toContain(`version.sh: ${said}`);
  expect(err.trimEnd()).not.toContain("\n");
  expect(existsSync(course.path("sequels"))).toBe(false);
});

test("a course that is there stays as it is", async () => {
  const course = makeRepository({ "sequels/counter/00/app.ts": "mine\n" });
  const before = snapshot(course, "sequels");
  const { code, err } = await course.run(["course", "counter", "a title"]);
  expect({ code, err }).toEqual({
    code: 1,
    err: "version.sh: sequels/counter/ is there already: choose another name, or add steps to it\n",
  });
  expect(snapshot(course, "sequels")).toEqual(before);
});
