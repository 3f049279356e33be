import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";

const full = mkdtempSync(join(tmpdir(), "full-"));
writeFileSync(join(full, "thesis.txt"), "two years of work");
afterAll(() => rmSync(full, { recursive: true, force: true }));

test.for([
  [["--course", "sequels/none"], "there is no course folder 'sequels/none'"],
  [["--corse", "steps"], "Unknown option '--corse'"],
  // A course is known by its name alone.
  [["--course", "counter", "--out", full], "holds other files: name a new or an empty folder"],
  [["--out", full], "holds other files: name a new or an empty folder for --out"],
] as [string[], string][])("npm run site -- %s is refused in one line", ([args, line]) => {
  const make = resolve(import.meta.dirname, "../make.ts");
  const { stderr, status } = spawnSync(process.execPath, [make, ...args], { encoding: "utf8" });
  expect(stderr.split("\n")[0]).toContain(line);
  expect(stderr).not.toContain("    at ");
  expect(status).toBe(2);
});
