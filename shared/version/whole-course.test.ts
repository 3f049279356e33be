import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { applyPatch, structuredPatch } from "diff";
import { expect, test } from "vitest";
import { codeFiles } from "../course/mine.ts";
import { LONG } from "../testkit/projects.ts";
import { isThorough } from "../testkit/thorough.ts";
import { installTools, makeRepository, startProcess } from "./fixture.ts";

const ROOT = resolve(import.meta.dirname, "../..");

const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");

/** Does to the learner's folder what our step does to the one before it. */
function applyStep(before: string | undefined, after: string, mine: string): void {
  const old = before === undefined ? [] : codeFiles(before);
  for (const path of codeFiles(after)) {
    const from = before === undefined ? "" : read(join(before, path));
    const patch = structuredPatch(path, path, from, read(join(after, path)), "", "", {
      context: 1,
    });
    const own = path === "public/style.css" || !old.includes(path) ? from : read(join(mine, path));
    const text = applyPatch(own, patch);
    if (text === false) throw new Error(`the change of ${path} in ${after} does not fit ${mine}`);
    mkdirSync(dirname(join(mine, path)), { recursive: true });
    writeFileSync(join(mine, path), text);
  }
  for (const path of old.filter((each) => !codeFiles(after).includes(each)))
    rmSync(join(mine, path), { force: true });
}

// Its 24 checks are those of shared/check/steps.test.ts, which every run makes.
test.runIf(isThorough)(
  "a learner who writes every step gets from 00 to 19 with their own code",
  async () => {
    const repository = makeRepository({});
    const isPart = (path: string) => basename(path) !== "instance";
    for (const name of ["steps", "shared", "package.json"])
      cpSync(join(ROOT, name), repository.path(name), { recursive: true, filter: isPart });
    installTools(repository);
    const version = async (...args: string[]) => {
      const main = repository.path("shared/version/main.ts");
      const child = startProcess(process.execPath, [main, ...args], { cwd: repository.root });
      return { code: await child.ended, output: child.output() };
    };
    const steps = (await version("list")).output.match(/(?<=^ +)\d\d[a-z]?/gm) ?? [];
    expect(steps).toHaveLength(24);

    expect(await version("try", "00")).toMatchObject({ code: 0 });
    const own = "// written by a learner\n";
    // Where no later step of ours has anything to do.
    const withOwn = (text: string) => text.replace("// The folder names the step", `${own}$&`);
    for (const [index, step] of steps.entries()) {
      const mine = repository.path(`mine/steps/${step}`);
      const before = index === 0 ? undefined : repository.path(`steps/${steps[index - 1]}`);
      if (index > 0) expect(read(join(mine, "app.ts")), step).toContain(own);
      // Nobody gets on without having written anything.
      if (step === "02") expect(await version("next")).toMatchObject({ code: 1 });
      applyStep(before, repository.path(`steps/${step}`), mine);
      if (index === 0) writeFileSync(join(mine, "app.ts"), withOwn(read(join(mine, "app.ts"))));
      const { code, output } = await version("next");
      expect([code, output], step).toEqual([0, expect.stringContaining("promises are kept.")]);
      // What a learner wrote like us, our next step fits.
      expect(output, step).not.toContain("written differently");
      if (index === steps.length - 1) expect(output).toContain("That was the last step.");
    }

    for (const step of steps)
      expect(read(repository.path(`mine/steps/${step}/app.ts`)), step).toContain(own);
    expect((await version("current")).output).toContain("(mine/steps/19/, your own)");
    expect((await version("progress")).output).toContain("24 of 24 solved\n");
    expect((await version("compare", "--stat")).output).toContain("1 file, +0 -1\n");
  },
  LONG,
);
