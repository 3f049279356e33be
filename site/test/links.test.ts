import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { prefixOf, siteCourse, siteCourses } from "../src/course/model.ts";
import { brokenLinks, parse } from "./html.ts";
import { htmlFiles } from "./pages.ts";

const dist = inject("dist");
const pages = htmlFiles(dist);

test("each step is a page, and so are the comparisons and the documents", () => {
  const expected = siteCourses().flatMap((course) => [
    ...course.steps.map(({ id }) => `${course.name}/${id}/index.html`),
    `${prefixOf(course)}compare/index.html`,
  ]);
  expect(pages).toEqual(
    expect.arrayContaining([...expected, "index.html", "readme/index.html", "end/index.html"]),
  );
});

test.for(pages)("%s: no link is broken, and none begins at a root", (page) => {
  expect(brokenLinks(dist, page)).toEqual([]);
});

test("no style sheet asks for anything beyond the site", () => {
  for (const file of readdirSync(join(dist, "_astro")).filter((name) => name.endsWith(".css"))) {
    const css = readFileSync(join(dist, "_astro", file), "utf8");
    expect(css.match(/url\(["']?(\/|https?:)[^)]*|@import[^;]*http[^;]*/g)).toBeNull();
  }
});

test("what a local server adds to can be found on each step's page", () => {
  for (const { name, steps } of siteCourses())
    for (const { id } of steps) {
      const root = parse(readFileSync(join(dist, name, id, "index.html"), "utf8"));
      expect(root.querySelector("html")?.attributes).toMatchObject({
        "data-course": name,
        "data-step": id,
      });
      expect(root.querySelector("#workbench")?.textContent).toBe("");
    }
  const html = readFileSync(join(dist, "steps", "02b", "index.html"), "utf8");
  const commands = parse(html)
    .querySelectorAll("[data-command]")
    .map((each) => each.getAttribute("data-command"));
  expect(commands[0]).toMatch(/^http :5001\/api\/users name="Alice Caroll"/);
});

test("drawings are there as they are, and no part of the code", () => {
  const page = (path: string) => parse(readFileSync(join(dist, path, "index.html"), "utf8"));
  const image = page("steps/05").querySelector(".lesson img");
  expect(image?.getAttribute("src")).toBe("../../files/steps/05/lesson/redirect.svg");
  expect(image?.getAttribute("alt")).toMatch(/^Browser and server: the browser asks/);
  expect(readFileSync(join(dist, "files/steps/05/lesson/redirect.svg"), "utf8")).toMatch(/^<svg /);
  expect(page("steps/05").querySelector(".code-pane")?.outerHTML).not.toContain("redirect.svg");
  expect(readFileSync(join(dist, "data/steps/course.js"), "utf8")).not.toContain("redirect.svg");
});

const last = siteCourse("steps").steps.at(-1)?.id;

test("the closing page follows the last step, and nothing follows it", () => {
  const page = (path: string) => parse(readFileSync(join(dist, path, "index.html"), "utf8"));
  const next = (path: string) => page(path).querySelector("a[rel=next]")?.getAttribute("href");
  expect(next(`steps/${last}`)).toBe("../../end/index.html");
  expect(next("end")).toBeUndefined();
  expect(page("end").querySelector("a[rel=prev]")?.getAttribute("href")).toBe(
    `../steps/${last}/index.html`,
  );
  const sidebar = page("end").querySelectorAll("nav.sidebar a, #starlight__sidebar a");
  const hrefs = sidebar.map((link) => link.getAttribute("href"));
  expect(hrefs[hrefs.indexOf(`../steps/${last}/index.html`) + 1]).toBe("../end/index.html");
});

test("files of the steps are there as plain text", () => {
  expect(existsSync(join(dist, `files/steps/${last}/public/script.js.txt`))).toBe(true);
});
