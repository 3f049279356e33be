import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Checker, openChecker } from "./checker.ts";
import type { Report } from "./index.ts";

const course = resolve(import.meta.dirname, "../../steps");
const steps = readdirSync(course)
  .filter((name) => /^\d\d[a-z]?$/.test(name))
  .sort();
const ours = (step: string) => readFileSync(join(course, step, "app.ts"), "utf8");

let checker: Checker;
beforeAll(() => {
  checker = openChecker({ patience: 3000 });
});
afterAll(() => checker.close());

/** Checks an app that consists of this one file. */
const check = async (step: string, app: string, only?: string[]): Promise<Report> => {
  const top = mkdtempSync(join(tmpdir(), "broken-"));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  const folder = join(top, step);
  mkdirSync(folder);
  writeFileSync(join(folder, "app.ts"), app);
  return await checker.check({ course, steps, step, app: folder, ...(only ? { only } : {}) });
};

const MARK = "orphan-of-a-test";
/** Command lines of processes that carry our mark. */
const marked = (): string[] =>
  process.platform === "win32"
    ? []
    : execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" })
        .split("\n")
        .filter((line) => line.includes(MARK));

const listen = (port: string) => `
  import { createServer } from "node:http";
  createServer((req, res) => res.end("hello")).listen(${port}, "127.0.0.1");
`;

test.for([
  [
    "loops for ever at its start",
    "for (;;);",
    "does not listen",
    /^the app does not listen on port \d+ after 3 s: is there a loop without end/,
  ],
  ["never listens", "setInterval(() => {}, 1000);", "does not listen", /does not listen on port/],
  [
    "listens on another port",
    `console.log("up");${listen("Number(process.env.PORT) + 1")}`,
    "other port",
    /^the app listens on port \d+ instead of the one that PORT names, here \d+\nup$/,
  ],
  [
    "prints garbage endlessly",
    `const line = "garbage ".repeat(10_000); setInterval(() => process.stdout.write(line), 0);`,
    "endless output",
    /^the app prints without end\n/,
  ],
  [
    "prints garbage in a loop that never pauses",
    `for (let n = 0; ; n++) console.log("garbage ".repeat(1000) + n);`,
    "endless output",
    /^the app (prints without end|used up all memory)/,
  ],
  [
    "exits at once",
    `console.error("no database here"); process.exit(3);`,
    "ends",
    /^the app ended before it listened \(exit code 3\)\nno database here$/,
  ],
  ["exits at once, silently", "process.exit(0);", "ends", /\(exit code 0\)$/],
  [
    "throws at its start",
    `const table: string[] = [];\nthrow new Error("table missing" + table);`,
    "ends",
    /exit code 1\)\napp\.ts:2\n[\s\S]*Error: table missing/,
  ],
  [
    "does not compile",
    `const port = 1;\nconst host = ;\n`,
    "does not compile",
    /^the app does not compile \(app\.ts:2\)\n[\s\S]*const host = ;/,
  ],
  [
    "wants a port of its own that is taken",
    `console.error("Error: listen EADDRINUSE: address already in use 127.0.0.1:5001"); process.exit(1);`,
    "ends",
    /it wanted port 5001, but it has to listen on the port that PORT names, here \d+/,
  ],
] as const)("a server that %s gets its own sentence", async ([, app, kind, sentence]) => {
  const report = await check("00", `${app}\n// ${MARK}`);
  expect(report.ok).toBe(false);
  expect(report.broken).toEqual({ kind, sentence: expect.stringMatching(sentence) });
  expect(report.broken?.sentence).not.toMatch(/node_modules|copied-app-|at .*:\d+:\d+/);
  expect(report.groups).toEqual([]);
});

test("a folder without app.ts gets its own sentence", async () => {
  const report = await checker.check({
    course,
    steps,
    step: "00",
    app: join(course, "..", "shared"),
  });
  expect(report.broken).toMatchObject({ kind: "no app.ts" });
});

test("a server that leaves a child process behind: told, and the child is ended", async () => {
  const child = `
    import { spawn } from "node:child_process";
    spawn(process.execPath, ["-e", "setInterval(() => {}, 1000) // ${MARK}"], { stdio: "ignore" });
  `;
  const report = await check("00", child + ours("00"));
  expect(report.broken?.kind).toBe("child left behind");
  expect(report.ok).toBe(false);
  expect(marked()).toEqual([]);
});

test("a server that hangs on a request: told which, and the rest of that step is left out", async () => {
  const app = ours("03").replace("res.json(listUsers.all());", "");
  const report = await check("03", app, ["03"]);
  expect(report.first?.miss.sentence).toMatch(
    /^the app did not answer GET \/api\/users within 3 s: does every path/,
  );
  const [first, ...rest] = report.groups[0]?.outcomes.map(({ state }) => state) ?? [];
  expect(first).toBe("missed");
  expect(new Set(rest)).toEqual(new Set(["skipped"]));
});

test("a server that loops on a request is ended all the same", async () => {
  const app = ours("03").replace("res.json(listUsers.all());", "for (;;);");
  const report = await check("03", app, ["03"]);
  expect(report.first?.miss.sentence).toContain("did not answer GET /api/users");
});

test("a server that ends at a request", async () => {
  const app = ours("03").replace("res.json(listUsers.all());", "process.exit(7);");
  const report = await check("03", app, ["03"]);
  expect(report.first?.miss.sentence).toMatch(
    /^the app broke off the connection at GET \/api\/users/,
  );
});

test("a server that answers HTML instead of JSON", async () => {
  const app = ours("03").replace("res.json(listUsers.all());", 'res.send("<p>users</p>");');
  const report = await check("03", app, ["03"]);
  expect(report.first?.miss).toMatchObject({
    sentence: expect.stringMatching(
      /answered GET \/api\/users with HTML \(status 200\) instead of JSON/,
    ),
    sent: "GET /api/users",
  });
});

test("a server that says JSON, but sends something else", async () => {
  const app = ours("03").replace("res.json(listUsers.all());", 'res.type("json").send("[alice]");');
  const report = await check("03", app, ["03"]);
  expect(report.first?.miss.sentence).toMatch(/says that it is JSON, but it is not: \[alice\]/);
});

test("type errors are no errors, and what only tsx reads is read by tsx", async () => {
  const app = `const wrong: number = "text";\nenum Colour { Red }\nconsole.log(wrong, Colour.Red);\n`;
  expect(await check("00", app + ours("00"))).toMatchObject({ ok: true, missed: 0 });
});

test("nothing is left of all these apps: no process, no folder", async () => {
  expect(marked()).toEqual([]);
});
