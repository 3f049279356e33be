import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { heldBy } from "../../shared/course/digest.ts";
import { addFixtureCourse, TINY, TINY_STEPS } from "../../shared/testkit/fixture-course.ts";
import { type Built, build } from "./build.ts";
import { brokenLinks, parse } from "./html.ts";
import { htmlFiles, openBrowser, openPage } from "./pages.ts";
import { serve } from "./serve.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const root = mkdtempSync(join(tmpdir(), "courses-"));
let built: Built;

beforeAll(() => {
  symlinkSync(join(REPOSITORY, "node_modules"), join(root, "node_modules"));
  for (const path of ["tsconfig.json", "tsconfig.browser.json"])
    cpSync(join(REPOSITORY, path), join(root, path));
  for (const path of ["00", "01", "course.json", "END.md"])
    cpSync(join(REPOSITORY, "steps", path), join(root, "steps", path), { recursive: true });
  addFixtureCourse(root);
  writeFileSync(join(root, "README.md"), "# Two courses\n\nBoth are short.\n\n## Start\n\nHere.\n");
  writeFileSync(join(root, TINY, "END.md"), "# The end of the book\n\nGo [back](03/README.md).\n");
  built = build({ COURSE_ROOT: root });
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
  if (built) rmSync(dirname(built.dist), { recursive: true, force: true });
});

const page = (path: string) => parse(readFileSync(join(built.dist, path, "index.html"), "utf8"));
/** Where links of a page lead, from the site's root. */
const hrefs = (path: string, selector: string) =>
  page(path)
    .querySelectorAll(selector)
    .map((link) => join(path, link.getAttribute("href") ?? "").replaceAll("\\", "/"));

test("the start page shows the courses in their order, and what each builds on", () => {
  expect(built.status, built.log).toBe(0);
  expect(heldBy(built.dist).map(({ folder }) => folder)).toEqual(["steps", TINY]);
  expect(page(".").querySelector("main")?.textContent).toContain("Both are short.");
  expect(page(".").querySelector("main")?.textContent).not.toContain("Here.");
  expect(hrefs(".", ".course-list h3 a")).toEqual(["steps/index.html", "tiny/index.html"]);
  const places = page(".")
    .querySelectorAll(".course-place")
    .map((each) => each.textContent.replace(/\s+/g, " ").trim());
  expect(places).toEqual(["2 steps", "4 steps, after A chat application in 24 small steps"]);
});

test("each course has its introduction, its steps, its documents and its comparison", () => {
  expect(page("tiny").querySelector("main")?.textContent).toContain("what its guests write");
  expect(page("steps").querySelector("main")?.textContent).not.toContain("Both are short.");
  expect(hrefs("tiny", ".step-list a")).toEqual(TINY_STEPS.map((id) => `tiny/${id}/index.html`));
  expect(hrefs("tiny", ".button")).toEqual([
    "tiny/00/index.html",
    "tiny/readme/index.html",
    "tiny/compare/index.html",
  ]);
  expect(hrefs("tiny/03", "a[rel=next]")).toEqual(["tiny/end/index.html"]);
  expect(hrefs("tiny/end", "a[rel=next]")).toEqual([]);
  expect(hrefs("end", "a[rel=next]")).toEqual([]);
  for (const [path, course] of [
    ["compare", "steps"],
    ["tiny/compare", "tiny"],
  ] as const)
    expect(page(path).querySelector("#code")?.getAttribute("data-course")).toBe(course);
  const groups = page("tiny/readme").querySelectorAll("#starlight__sidebar summary");
  expect(groups.map((each) => each.textContent.trim())).toEqual([
    "A chat application in 24 small steps",
    "A guest book in four small steps",
  ]);
  const broken = htmlFiles(built.dist).flatMap((path) =>
    brokenLinks(built.dist, path).map((each) => `${path}: ${each}`),
  );
  expect(broken).toEqual([]);
});

test("modules beside app.ts are shown, compared, and their names have types", async () => {
  const [browser, site] = [await openBrowser(), await serve(built.dist)];
  const { page, troubles } = await openPage(browser, site.base, {
    viewport: { width: 1440, height: 900 },
  });
  await page.goto(`${site.base}tiny/02/index.html`);
  const tip = page.getByRole("tooltip");
  for (const [file, name, type] of [
    ["lib/notes.ts", "openNotes", /const openNotes: \(db: .*Database\) => \{/],
    ["app.ts", "openNotes", /\(alias\) const openNotes: \(db: .*Database\) => \{/],
  ] as const) {
    const place = page.locator(`[data-file='${file}'].file ins [data-t]`, { hasText: name });
    await place.first().hover();
    await expect.poll(() => tip.textContent()).toMatch(type);
  }
  await page.goto(`${site.base}tiny/compare/index.html#01..03`);
  await page.locator("[data-file='lib/sessions.ts'].file").waitFor();
  await page.goto(`${site.base}tiny/03/index.html`);
  await page.getByRole("link", { name: /^lib\/notes\.ts/ }).click();
  await page.locator("[data-file='lib/notes.ts'].file").waitFor();
  await browser.close();
  site.close();
  expect(troubles).toEqual([]);
});

test("a course alone begins with its own introduction, and holds no other", () => {
  const { dist, log, status } = build({ COURSE_ROOT: root, COURSE: TINY });
  expect(status, log).toBe(0);
  expect(heldBy(dist)).toEqual(heldBy(built.dist).filter(({ folder }) => folder === TINY));
  const start = parse(readFileSync(join(dist, "index.html"), "utf8"));
  expect(start.querySelector("main")?.textContent).toContain("what its guests write");
  expect(existsSync(join(dist, "steps"))).toBe(false);
  expect(readFileSync(join(dist, "tiny/00/index.html"), "utf8")).toContain(
    'data-course="tiny" data-step="00"',
  );
  const broken = htmlFiles(dist).flatMap((path) => brokenLinks(dist, path));
  expect(broken).toEqual([]);
  rmSync(dirname(dist), { recursive: true, force: true });
});
