import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { repository, runTest, withFault } from "./fixture.ts";
import { updateDocuments } from "./update-documents.ts";

const LESSON = "steps/01c/README.md";

runTest(
  "docs:update writes the seen answer and nothing else; then there is nothing to write",
  async () => {
    const file = "steps/07b/README.md";
    const root = withFault(file, '"author_id": 2,', '"author_id": 3,');
    const original = readFileSync(join(repository, file), "utf8");
    let said = "";
    const stdout = { write: (text: string) => (said += text) };
    expect(await updateDocuments(root, [file], stdout)).toBe(true);
    expect(said).toMatch(/^steps\/07b\/README\.md:\d+: answer written\n$/);
    expect(readFileSync(join(root, file), "utf8")).toBe(original);
    said = "";
    expect(await updateDocuments(root, [`./${file}`], stdout)).toBe(true);
    expect(said).toBe(`${file} is as it should be\n`);
    expect(readFileSync(join(root, file), "utf8")).toBe(original);
  },
);

runTest("docs:update writes no answer of a command that failed", async () => {
  const file = "steps/01/README.md";
  const root = withFault(file, "ls steps/01/instance", "lls steps/01/instance");
  let said = "";
  expect(await updateDocuments(root, [file], { write: (text) => (said += text) })).toBe(false);
  expect(said).toContain("lls: command not found");
  expect(readFileSync(join(root, file), "utf8")).toContain("```text\nchat.db\n```");
});

runTest("docs:update says what it cannot mend, and leaves it", async () => {
  const root = withFault(LESSON, "http :5001/api/version\n", "htttp :5001/api/version\n");
  let said = "";
  expect(await updateDocuments(root, [LESSON], { write: (text) => (said += text) })).toBe(false);
  expect(said).toContain("command not found");
  expect(readFileSync(join(root, LESSON), "utf8")).toContain("200 OK");
});

runTest("docs:update of what is no document names the input and the cure", async () => {
  await expect(updateDocuments(repository, ["CHANGELOG.md"], process.stdout)).rejects.toThrow(
    "'CHANGELOG.md' has no commands that are run: give README.md, CONTRIBUTING.md, a lesson such as steps/00/README.md, its step, or nothing for all",
  );
  await expect(updateDocuments(repository, ["none/07"], process.stdout)).rejects.toThrow(
    "'none/07' has no commands",
  );
});

runTest("docs:update takes a step for its lesson; --help tells what it takes", async () => {
  let said = "";
  const stdout = { write: (text: string) => (said += text) };
  const root = withFault("steps/01/README.md", "ls steps/01/instance", "ls steps/01/instance");
  expect(await updateDocuments(root, ["01", "steps/01/"], stdout)).toBe(true);
  expect(said).toBe("steps/01/README.md is as it should be\n".repeat(2));
  const main = join(repository, "shared/docs/main.ts");
  expect(execFileSync(process.execPath, [main, "--help"], { encoding: "utf8" })).toContain(
    "Usage: npm run docs:update -- [document…]",
  );
});
