import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Authored, makeCourse, SMALL, second } from "./fixture.ts";

/** A course whose carry of step 00 stops in step 02, and once more in step 03. */
function makeStopping(): Authored {
  const course = makeCourse({
    ...SMALL,
    "steps/02/app.ts": second("02", 3),
    "steps/03/app.ts": second("03", 4),
  });
  course.write({ "steps/00/app.ts": second("00", 22) });
  return course;
}

/** Some blocks of a disk, however git packs them. */
const OWN = randomBytes(12_000).toString("base64");

/** Goes to the stop in step 02, and mends it as nobody else would. */
async function mended(course: Authored, value: number): Promise<void> {
  expect((await course.run("carry 00")).err).toContain("stopped at steps/02/app.ts:4");
  course.write({ "steps/02/app.ts": second("02", value), "steps/02/own.txt": `${value}${OWN}` });
}

/** Takes all back, and sees that what was mended comes back by the commands that were told. */
async function abortAndFind(course: Authored, value: number, before: object, said: string) {
  const { out, err } = await course.run("carry --abort");
  expect(err).toMatch(/^$|no carry is under way/);
  expect(course.state()).toEqual(before);
  const told = (said + out + err).matchAll(
    /git (checkout refs\/\S+ -- steps\/\S+(?: steps\/\S+)*)/g,
  );
  for (const [, line = ""] of told) course.git(...line.split(" "));
  expect(course.read("steps/02/app.ts")).toBe(second("02", value));
  expect(course.read("steps/02/own.txt")).toBe(`${value}${OWN}`);
  course.git("reset", "-q", "--", "steps");
  course.git("checkout", "-q", "--", "steps/01", "steps/01b", "steps/02", "steps/03");
  rmSync(course.path("steps/02/own.txt"));
}

/** A git on the PATH that is killed at one of its calls. */
function killer(course: Authored) {
  const counter = course.path(".git/calls");
  course.write({
    ".git/bin/git": `#!/bin/sh\necho x >> "${counter}"\nif [ $(wc -l < "${counter}") -eq $AT ]; then kill -9 $$; fi\nPATH=$REAL exec git "$@"\n`,
  });
  chmodSync(course.path(".git/bin/git"), 0o755);
  return async (args: string, at: number) => {
    rmSync(counter, { force: true });
    const { PATH = "" } = process.env;
    const env = { PATH: `${course.path(".git/bin")}:${PATH}`, REAL: PATH, AT: String(at) };
    return await course.run(args, { env });
  };
}

test.each(["--continue", "--abort"])(
  "git alone is killed at its calls of carry %s: what was mended is there, or kept under a name that is told",
  async (verb) => {
    const course = makeStopping();
    const before = course.state();
    const run = killer(course);
    let kills = 0;
    for (let at = 1; ; at += 6) {
      await mended(course, 100 + at);
      const { code, out, err } = await run(`carry ${verb}`, at);
      const isKilled = /was ended by SIGKILL/.test(err);
      if (isKilled) expect([code, err.split("\n").length]).toEqual([1, 2]);
      await abortAndFind(course, 100 + at, before, out);
      if (!isKilled) break;
      kills++;
    }
    expect(kills).toBeGreaterThan(3);
  },
);

/** A small disk of its own; undefined where that is not allowed. */
function smallDisk(size: string): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "disk-"));
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
  onTestFinished(() => {
    spawnSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return status === 0 ? folder : undefined;
}

/** Fills a disk but for some blocks; returns what frees it again. */
function fill(folder: string, left: number): () => void {
  const names: string[] = [];
  try {
    for (;;) {
      names.push(join(folder, `filler-${names.length}`));
      writeFileSync(names.at(-1) ?? "", "x".repeat(4096));
    }
  } catch {
    // It is full.
  }
  for (const name of names.splice(-left - 1)) rmSync(name, { force: true });
  return () => {
    for (const name of names) rmSync(name);
  };
}

test("a disk that is full, or nearly: it is said so, nothing is lost, and with some space it goes on", async ({
  skip,
}) => {
  const disk = smallDisk("3m");
  if (disk === undefined)
    return skip("needs a disk of its own: only root may mount one, and only on Linux");
  vi.stubEnv("TMPDIR", disk);
  const course = makeStopping();
  vi.unstubAllEnvs();
  const before = course.state();
  const full = { start: 0, continue: 0, abort: 0 };
  for (const left of [0, 1, 2, 4, 6, 9, 13, 18]) {
    for (const verb of ["start", "continue", "abort"] as const) {
      const isStart = verb === "start";
      if (!isStart) await mended(course, 100 + left);
      const free = fill(disk, left);
      const { code, out, err } = await course.run(isStart ? "carry 00" : `carry --${verb}`);
      free();
      if (code !== 0 && !/stopped at/.test(err)) {
        expect(err, verb).toMatch(/^version\.sh: .*the disk is full.*free some space.*\n$/i);
        full[verb]++;
      }
      if (!isStart) await abortAndFind(course, 100 + left, before, out);
      else if (!/no carry/.test((await course.run("carry --abort")).err))
        expect(course.state()).toEqual(before);
    }
  }
  // Otherwise it was never too small.
  expect(Math.min(...Object.values(full)), JSON.stringify(full)).toBeGreaterThan(1);
});
