import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { findBrowser } from "../testkit/browser-program.ts";
import { type Checker, openChecker } from "./checker.ts";

const course = resolve(import.meta.dirname, "../../steps");
const steps = readdirSync(course)
  .filter((name) => /^\d\d[a-z]?$/.test(name))
  .sort();

let checker: Checker;
beforeAll(() => {
  checker = openChecker({ patience: 4000 });
});
afterAll(() => checker.close());

/** Checks our step with one text of it replaced. */
const check = async (step: string, file: string, from: string | RegExp, to: string) => {
  const top = mkdtempSync(join(tmpdir(), "wrong-"));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  const folder = join(top, step);
  cpSync(join(course, step), folder, {
    recursive: true,
    filter: (path) => !/instance$|README|\.test\./.test(path),
  });
  const text = readFileSync(join(folder, file), "utf8");
  const wrong = text.replace(from, to);
  if (wrong === text) throw new Error(`${file} of step ${step} does not have ${from} any more`);
  writeFileSync(join(folder, file), wrong);
  return await checker.check({ course, steps, step, app: folder, only: [step] });
};

test.each([
  [
    "a wrong status",
    "02b",
    ["app.ts", "res.status(201)", "res.status(200)"],
    {
      sent: 'POST /api/users {"name":"Alice Caroll","email":"alice@foo.com","nickname":"alice"}',
      expected: "201",
      received: expect.stringMatching(/^200 {2}in 200 application\/json \{"id":1,/),
    },
  ],
  [
    "an answer of another form",
    "03",
    ["app.ts", "res.json(listUsers.all())", "res.json({ users: listUsers.all() })"],
    { sent: "GET /api/users", expected: "[]", received: expect.stringContaining('{"users": []}') },
  ],
  [
    "a missing route",
    "03",
    ["app.ts", 'app.get("/api/users"', 'app.get("/api/people"'],
    { sent: "GET /api/users", expected: "200", received: expect.stringContaining("404") },
  ],
  [
    "a table with other columns",
    "02",
    ["app.ts", "email TEXT NOT NULL,", "mail TEXT NOT NULL,"],
    {
      sent: "a look into instance/chat.db",
      expected: expect.stringContaining('["id", "name", "email", "nickname"]'),
      received: '["id", "name", "mail", "nickname"]',
    },
  ],
] as const)(
  "%s: told what was sent, expected and received",
  async (_, step, [file, from, to], miss) => {
    const report = await check(step, file, from, to);
    expect(report.ok).toBe(false);
    expect(report.first?.miss).toMatchObject(miss);
  },
);

test("a socket that is not acknowledged: told what was emitted", async () => {
  const report = await check(
    "18",
    "app.ts",
    "acknowledge(user ? {}",
    "if (!user) acknowledge(user ? {}",
  );
  expect(report.first?.miss).toMatchObject({
    sentence: "the app does not acknowledge connect-ack alice",
    sent: "a socket emits connect-ack alice",
  });
});

test.skipIf(findBrowser() === undefined)(
  "a page that does nothing: told what was done on it",
  async () => {
    const report = await check("14", "public/script.js", /showMessage\(await/, "(await");
    expect(report.first?.miss.sent).toMatch(/^(the page sends POST|on the page: )/);
  },
);

test("an app that keeps in its memory which nicknames are taken is as right as ours", async () => {
  const top = mkdtempSync(join(tmpdir(), "right-"));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  const folder = join(top, "03");
  cpSync(join(course, "03"), folder, {
    recursive: true,
    filter: (path) => !/instance$/.test(path),
  });
  const app = readFileSync(join(folder, "app.ts"), "utf8")
    .replace(
      'app.post("/api/users", (req, res) => {',
      "let taken: Set<string> | undefined;\n$&\n  taken ??= new Set(listUsers.all().map((it) => it.nickname));",
    )
    .replace(
      "if (!user) throw createError(409",
      "if (!user || taken.has(user.nickname)) throw createError(409",
    )
    .replace("res.status(201).json(user);", "taken.add(user.nickname);\n  $&");
  expect(app.match(/taken[.]/g)).toHaveLength(2);
  writeFileSync(join(folder, "app.ts"), app);
  const report = await checker.check({ course, steps, step: "03", app: folder });
  expect(report).toMatchObject({ ok: true, missed: 0 });
});
