import { expect, test } from "vitest";
import { makeRepository } from "./fixture.ts";
import { verbs } from "./verbs/index.ts";

const names = Object.keys(verbs).filter((name) => !name.startsWith("_"));

test("the overview names each verb and fits on one screen", async () => {
  const { code, out } = await makeRepository().run("help");
  expect(code).toBe(0);
  for (const name of names) {
    const isRare = (await verbs[name]?.())?.verb.isRare;
    const line = isRare ? `^  (?:and|   ) .*\\b${name}\\b` : `^  ${name} +\\w`;
    expect(out).toMatch(new RegExp(line, "m"));
  }
  fits(out);
  for (const typed of ["", "-h", "--help"])
    expect((await makeRepository().run(typed)).out).toBe(out);
});

test.each(names)("help %s fits on one screen and has examples", async (name) => {
  const { code, out } = await makeRepository().run(`help ${name}`);
  expect(code).toBe(0);
  expect(out).toMatch(/^Usage: \.\/version\.sh /);
  expect(out).toMatch(/\nExamples:\n {2}\S/);
  expect(out).toMatch(/\n {2}--course <folder> +another course/);
  fits(out);
  // What is true of one course alone would be wrong in the others.
  expect(out).not.toMatch(/\b(?:users?|messages?|nicknames?|chat)\b/i);
  expect((await makeRepository().run(`${name} --help`)).out).toBe(out);
});

function fits(text: string): void {
  const lines = text.trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(24);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
}
