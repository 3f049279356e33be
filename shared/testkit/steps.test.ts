import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, resolve } from "node:path";
import { diffLines } from "diff";
import { describe, expect, test } from "vitest";
import { type App, request, startApp } from "#testkit";

const root = resolve(import.meta.dirname, "../..");
const steps = readdirSync(join(root, "steps"))
  .filter((name) => /^\d\d[a-z]?$/.test(name))
  .sort();
const read = (step: string, file: string) => readFileSync(join(root, "steps", step, file), "utf8");
const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
/** Lines that a step may add to app.ts: more do not fit on a projected page. */
const ADDED = 45;
/** Lines of the longest app.ts. */
const TOTAL = 265;

describe.for(steps)("step %s", (step) => {
  const before = steps[steps.indexOf(step) - 1];

  test("has its app, its lesson and its check, and the pages of the step before", () => {
    const names = ["app.ts", "README.md", "check.test.ts"];
    for (const folder of ["views", "public"]) {
      if (before && existsSync(join(root, "steps", before, folder))) names.push(folder);
    }
    for (const name of names) expect(existsSync(join(root, "steps", step, name)), name).toBe(true);
  });

  test("imports packages that the course installs and Node's own modules alone", () => {
    const imported = [...read(step, "app.ts").matchAll(/^import .* from "(.*)";$/gm)];
    for (const [, name = ""] of imported) {
      const known = name in dependencies || builtinModules.includes(name.replace(/^node:/, ""));
      expect(known, name).toBe(true);
    }
  });

  test("does not name itself: its version is the name of its folder", () => {
    expect(read(step, "app.ts")).not.toMatch(/["'`]\d\d[a-z]?["'`]/);
  });

  test("adds few lines to app.ts", () => {
    const changes = diffLines(before ? read(before, "app.ts") : "", read(step, "app.ts"));
    const added = changes.filter((change) => change.added).reduce((sum, it) => sum + it.count, 0);
    expect(added).toBeLessThanOrEqual(ADDED);
    expect(read(step, "app.ts").split("\n").length - 1).toBeLessThanOrEqual(TOTAL);
  });

  test("has a lesson with all its parts", () => {
    const lesson = read(step, "README.md");
    const headings = lesson.match(/^#+ .*$/gm) ?? [];
    expect(headings[0]).toMatch(/^# \S/);
    const parts = headings.filter((heading) => heading.startsWith("## "));
    expect(parts).toEqual(["## Try it", "## What changed", "## What to notice", "## Exercise"]);
    for (const part of lesson.split(/^#+ .*$/m).slice(1)) expect(part.trim()).not.toBe("");
    expect(lesson.split("## Exercise")[1]).toMatch(/<details>\s*<summary>.*<\/summary>\s*\S/);
  });

  test("starts from its own folder with `npx tsx app.ts`", async () => {
    const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
    const app: App = await startApp(join(root, "steps", step), { command: [tsx, "app.ts"] });
    try {
      await app.printed(`step ${step} listens on ${app.url}`);
      expect([200, 302]).toContain((await request(app.url)).status);
    } finally {
      await app.stop();
    }
    await expect(request(app.url), "the server is still there").rejects.toThrow();
  });
});
