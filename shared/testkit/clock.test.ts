import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startApp } from "./app.ts";
import { request } from "./request.ts";

const APP = `import { statSync } from "node:fs";
import { createServer } from "node:http";

enum Way { Answers = "what time it is" }
const made = new Date(0);
let ticks = 0;
setInterval(() => ticks++, 20);
createServer((_request, response) => {
  const now = new Date();
  const ofFile = statSync(import.meta.filename).mtime;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({
    now: Date.now(), date: now.getTime(), text: new Date(Date()).getTime(), ticks,
    parsed: new Date("2026-01-01T00:00:00Z").getTime(), utc: Date.UTC(2026, 0), way: Way.Answers,
    areDates: [now, made, ofFile].every((it) => it instanceof Date && it.constructor === Date),
  }));
}).listen(Number(process.env.PORT), "127.0.0.1");
`;
const HOURS = 3_600_000;
const TSX = resolve(import.meta.dirname, "../../node_modules/tsx/dist/cli.mjs");

const start = async (text: string, how: Parameters<typeof startApp>[1]) => {
  const source = mkdtempSync(join(tmpdir(), "clock-"));
  onTestFinished(() => rmSync(source, { recursive: true, force: true }));
  writeFileSync(join(source, "app.ts"), text);
  const app = await startApp(source, how);
  onTestFinished(app.stop);
  return app;
};
const WITHOUT_ENUM = APP.replace(/^enum .*$/m, 'const Way = { Answers: "what time it is" };');

test.for([
  ["node", WITHOUT_ENUM, undefined],
  ["tsx, loaded by node", APP, undefined],
  ["the command tsx", APP, [TSX, "app.ts"]],
] as const)(
  "an app that %s runs is 25 hours ahead, and its timers go on",
  async ([, text, command]) => {
    const app = await start(text, { ...(command ? { command: [...command] } : {}), clock: true });
    const look = async () => (await request(app.url)).json;
    /** How many hours its clocks are ahead of ours, each of them. */
    const ahead = async () => {
      const [seen, before] = [await look(), Date.now()];
      return [seen.now, seen.date, seen.text].map((at) => Math.round((at - before) / HOURS) + 0);
    };
    expect(await ahead()).toEqual([0, 0, 0]);
    await app.moveClock(24 * HOURS);
    await app.moveClock(HOURS);
    expect(await ahead()).toEqual([25, 25, 25]);
    const { ticks, parsed, utc, areDates } = await look();
    expect({ parsed, areDates }).toEqual({ parsed: utc, areDates: true });
    await expect.poll(async () => (await look()).ticks).toBeGreaterThan(ticks + 2);
    await app.restart();
    expect(await ahead()).toEqual([25, 25, 25]);
    await app.moveClock(-25 * HOURS);
    expect(await ahead()).toEqual([0, 0, 0]);
  },
);

test("an app that has nothing more to do ends by itself, also with a clock that can be moved", async () => {
  const once = `import { createServer } from "node:http";
    if (!process.env.ONCE) createServer().listen(Number(process.env.PORT), "127.0.0.1");`;
  const app = await start(once, { clock: true });
  expect(await app.startAgain({ ONCE: "1" })).toEqual({ exitCode: 0, stderr: "" });
});

test("the clock of any other app stays as it is, and that is said", async () => {
  const app = await start(WITHOUT_ENUM, {});
  await expect(app.moveClock(1)).rejects.toThrow("start it with clock: true");
});
