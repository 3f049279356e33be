import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { COPY_PREFIX } from "../testkit/broken-server.ts";
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

/** A copy of our step with one text of it replaced. */
const makeWrong = (step: string, file: string, from: string | RegExp, to: string): string => {
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
  return folder;
};

/** Checks such a copy. */
const check = (step: string, file: string, from: string | RegExp, to: string) =>
  checker.check({ course, steps, step, app: makeWrong(step, file, from, to), only: [step] });

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
  const report = await check("18", "app.ts", "acknowledge({});", "");
  expect(report.first?.miss).toMatchObject({
    sentence: "the app does not acknowledge connect-ack alice",
    sent: "a socket emits connect-ack alice",
  });
});

test("a socket that is let in although it is to be refused: told where it came from", async () => {
  const report = await check("16", "app.ts", /answer\(null, .*\)/, "answer(null, true)");
  expect(report.first?.miss).toMatchObject({
    sent: expect.stringMatching(
      /^a socket connects Origin: http:\/\/evil\.example, Host: localhost:/,
    ),
    expected: '"refused"',
    received: expect.stringContaining('"let in"'),
  });
});

test.skipIf(findBrowser() === undefined)(
  "a page that does nothing: told what was done on it",
  async () => {
    const report = await check("14", "public/script.js", /showMessage\(answer/, "(answer");
    expect(report.first?.miss.sent).toMatch(/^(the page sends POST|on the page: )/);
  },
);

test("a list with an item twice: told which, instead of two lists that look equal", async () => {
  const twice = "const all = listUsers.all();\n  res.json([...all.slice(0, 2), ...all.slice(1)])";
  const report = await check("03", "app.ts", "res.json(listUsers.all())", twice);
  const sentences = report.groups[0]?.outcomes.map(({ miss }) => miss?.sentence);
  expect(sentences).toContain("user 2 came twice");
});

test("an answer 500: told what the app printed, each line once", async () => {
  const broken =
    'for (const _ of "123") console.error("\\u001b[31mwhere are they?\\u001b[39m");\n  null.all()';
  const report = await check("03", "app.ts", "res.json(listUsers.all())", broken);
  expect(report.first?.miss.received).toMatch(/500/);
  const printed = report.first?.miss.printed ?? "";
  expect(printed.split("\n").filter((line) => line === "where are they?")).toHaveLength(1);
  expect(printed).toMatch(/TypeError: .*null.*\n {2}in app\.ts:\d+$/m);
  expect(printed).not.toMatch(/node_modules|copied-app-/);
});

test("an error that Express itself answers: told what the app printed, also with NODE_ENV=test", async () => {
  expect(process.env.NODE_ENV, "vitest sets it, and the checker inherits it").toBe("test");
  const broken = '$&\n  throw new TypeError("boom");';
  const report = await check("01c", "app.ts", /^app.get\("\/api\/version".*/m, broken);
  expect(report.first?.miss.printed).toMatch(/^TypeError: boom\n {2}in app\.ts:\d+$/);
});

test("an error that Express answers as a page: its places in the app, and no folder of this machine", async () => {
  const broken = '$&\n  throw new TypeError("boom");';
  const report = await check("01c", "app.ts", /^app.get\("\/api\/version".*/m, broken);
  expect(report.first?.miss.received).toMatch(
    /^500 {2}in 500 text\/html .*<pre>TypeError: boom<br>in app\.ts:\d+<\/pre>/,
  );
  // What --verbose shows of it, too.
  expect(JSON.stringify(report)).not.toMatch(/node_modules|copied-app-|file:/);
});

test("a page that names a missing file: as the learner knows it", async () => {
  const send =
    'res.sendFile(import.meta.dirname + "/nope.html", (error) => res.send("<p>" + error + "</p>"));';
  const report = await check("04", "app.ts", /res\.render\(.*$/m, send);
  const said = JSON.stringify(report);
  expect(said).toMatch(/stat 'nope\.html'/);
  expect(said).not.toMatch(/copied-app-/);
});

test("an app that ends at a request: told what it printed", async () => {
  const report = await check(
    "03",
    "app.ts",
    "res.json(listUsers.all())",
    'setTimeout(() => { throw new Error("no users today"); })',
  );
  expect(report.first?.miss).toMatchObject({
    sentence: expect.stringMatching(/^the app broke off the connection at GET \/api\/users/),
    printed: expect.stringContaining("Error: no users today\n  in app.ts:"),
  });
});

test.skipIf(findBrowser() === undefined)(
  "a button that lies under something: told in plain words",
  async () => {
    const cover = '$&<div style="position: fixed; inset: 0; z-index: 9">cover</div>';
    const report = await check("14", "views/messages.ejs", "<main>", cover);
    const said = JSON.stringify(report.groups);
    expect(said).toMatch(/a user could not click an element .* it lies under <div>cover<\/div>/);
    expect(said).not.toMatch(/Call log|Timeout \d+ms|locator\(|\\u001b/);
  },
);

test.skipIf(findBrowser() === undefined)(
  "a script that never pauses: told once, and the rest of the step is left out",
  async () => {
    const report = await check("14", "public/script.js", /^/, "for (;;);\n");
    expect(report.first?.miss.sentence).toMatch(/does its script ever pause\?$/);
    expect(report.missed).toBe(1);
  },
);

test("what is saved during a check is for the next one", async () => {
  const folder = makeWrong("03", "app.ts", /^/, "// ours\n");
  const file = join(folder, "app.ts");
  const app = readFileSync(file, "utf8");
  const started = join(folder, "..", "started");
  const noting = `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(started)}, "");\n`;
  writeFileSync(file, noting + app);
  const seen = checker.check({ course, steps, step: "03", app: folder });
  while (!existsSync(started)) await sleep(5);
  writeFileSync(file, app.replace("/api/users", "/api/people"));
  expect(await seen).toMatchObject({ ok: true, missed: 0 });
  expect(await checker.check({ course, steps, step: "03", app: folder })).toMatchObject({
    ok: false,
  });
});

test("no copy is left behind while the checker goes on, not even after a check that fails by itself", async () => {
  const top = mkdtempSync(join(tmpdir(), "copies-"));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  for (const name of ["TMPDIR", "TEMP"]) vi.stubEnv(name, top);
  const own = openChecker({ patience: 4000 });
  vi.unstubAllEnvs();
  onTestFinished(() => own.close());
  const left = () => readdirSync(top).filter((name) => name.startsWith(COPY_PREFIX));
  const asked = { course, steps, step: "00", app: join(course, "00") };
  expect(await own.check(asked)).toMatchObject({ ok: true });
  expect(left()).toEqual([]);
  const broken = join(top, "course");
  mkdirSync(join(broken, "00"), { recursive: true });
  writeFileSync(join(broken, "00/check.test.ts"), 'throw new Error("no check today");');
  await expect(own.check({ ...asked, course: broken })).rejects.toThrow("no check today");
  expect(left()).toEqual([]);
});

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
