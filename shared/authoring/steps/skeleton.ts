import { SECTIONS } from "../lint/rules/lesson.ts";

/**
 * A lesson with all its parts, and nothing in them but notes of what belongs there: they are
 * comments, and the linter names each part that has nothing else.
 */
export function lessonSkeleton(title: string | undefined): string {
  const sections = Object.entries(SECTIONS).map(
    ([name, what]) => `## ${name}\n\n<!-- ${what} -->\n`,
  );
  const idea = "<!-- what is new, and why, in a few sentences -->\n";
  const hint = "<details><summary>Hint</summary>\n\n<!-- the hint -->\n\n</details>\n";
  return [`# ${title ?? ""}`.trimEnd(), "", idea, ...sections, hint].join("\n");
}

/** A check that passes on any step: the linter says so until it asks for something new. */
export const CHECK_SKELETON = `import { expect, test } from "vitest";
import { useApp } from "#testkit";

const app = useApp();

test("what this step promises", async () => {
  expect((await app.get("/")).status).toBeLessThan(400);
});
`;
