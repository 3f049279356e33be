import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { timeCommand } from "../lib/answers.ts";
import type { Figure } from "../lib/figure.ts";
import type { Part, Settings } from "../lib/part.ts";
import { summarize } from "../lib/stats.ts";

/** In ms: what takes longer is ended, and not measured. */
const LIMIT = 900_000;
const DOCUMENTS = ["vitest", "run", "--project", "shared", "shared/docs/documents"];

/** A part of something, and the s that it took. */
type Share = { name: string; seconds: number };

/** Each takes minutes, so it is measured once. */
const figure = (what: string, seconds: number, shares: readonly Share[] = []): Figure => ({
  part: "tools",
  what,
  unit: "s",
  measured: summarize([seconds]),
  beside: shares.map((share) => ({ name: share.name, figure: summarize([share.seconds]) })),
});

const time = async (cwd: string, command: string, ...args: string[]): Promise<number> =>
  (await timeCommand(command, args, { cwd, limit: LIMIT })) / 1000;

/** What vitest's JSON reporter says of one test file; times in ms since 1970. */
type TestFile = { name: string; startTime: number; endTime: number };

/** The time of the test files by the folder that they are in, the longest first. */
const byFolder = (files: readonly TestFile[], root: string): Share[] => {
  const sums = new Map<string, number>();
  for (const { name, startTime, endTime } of files) {
    const [first = "", second = ""] = relative(root, name).split(/[\\/]/);
    const folder = first === "steps" ? first : `${first}/${second}`;
    sums.set(folder, (sums.get(folder) ?? 0) + (endTime - startTime) / 1000);
  }
  return [...sums]
    .map(([name, seconds]) => ({ name, seconds }))
    .sort((a, b) => b.seconds - a.seconds);
};

const measureTests = async (root: string): Promise<Figure> => {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const report = join(folder, "report.json");
  try {
    const types = await time(root, "npm", "run", "types");
    const lint = await time(root, "npm", "run", "lint");
    const reporter = ["--reporter=json", `--outputFile=${report}`];
    const tests = await time(root, "npx", "vitest", "run", ...reporter);
    const { testResults } = JSON.parse(readFileSync(report, "utf8")) as { testResults: TestFile[] };
    return figure(
      "npm test; its parts, of which the tests run side by side",
      types + lint + tests,
      [
        { name: "types", seconds: types },
        { name: "lint", seconds: lint },
        ...byFolder(testResults, root),
      ],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const run = async ({ root, quick, say, note }: Settings): Promise<Figure[]> => {
  const wanted: [what: string, measure: () => Promise<Figure>][] = [];
  if (quick) note("npm test and the documents take minutes: not with --quick");
  else {
    wanted.push(["npm test", () => measureTests(root)]);
    const documents = "the documents, all that they say";
    wanted.push([documents, async () => figure(documents, await time(root, "npx", ...DOCUMENTS))]);
  }
  const site = join(root, "site");
  if (existsSync(join(site, "node_modules"))) {
    const build = async () => figure("build of the site", await time(site, "npm", "run", "build"));
    wanted.push(["build of the site", build]);
  } else note("the site is not there, or not installed (npm install in site/)");

  const figures: Figure[] = [];
  for (const [what, measure] of wanted) {
    say(`tools: ${what}`);
    try {
      figures.push(await measure());
    } catch (error) {
      note(`${what}: ${(error as Error).message.split("\n", 1)[0]}`);
    }
  }
  return figures;
};

/** What authors wait for. */
export const part: Part = {
  summary: "npm test and its parts, the documents, the site's build",
  run,
};
