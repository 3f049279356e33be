import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { startApp } from "./app.ts";
import { request } from "./request.ts";

/** It counts in a file beside it, and says what it finds in its environment. */
const APP = `import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const FILE = join(import.meta.dirname, "count.txt");
createServer((_request, response) => {
  const count = existsSync(FILE) ? Number(readFileSync(FILE)) + 1 : 1;
  writeFileSync(FILE, String(count));
  const { GREETING, NAME } = process.env;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ count, GREETING, NAME, pid: process.pid }));
}).listen(Number(process.env.PORT), "127.0.0.1");
`;
const ABOUT = {
  title: "t",
  introduction: "i",
  version: { path: "/version" },
  imports: [],
  budget: { added: 40, total: 200 },
  env: { GREETING: "welcome", NAME: "Dora" },
};

const makeCourse = () => {
  const course = mkdtempSync(join(tmpdir(), "course-"));
  onTestFinished(() => rmSync(course, { recursive: true, force: true }));
  writeFileSync(join(course, "app.ts"), APP);
  writeFileSync(join(course, "course.json"), JSON.stringify(ABOUT));
  return course;
};
const look = async ({ url }: { url: string }) => (await request(url)).json;

test("further servers share the copy, each on a port of its own, and end with the app", async () => {
  const app = await startApp(makeCourse());
  onTestFinished(app.stop);
  const others = [await app.another(), await app.another({ env: { NAME: "Ben" } })] as const;
  expect(new Set([app, ...others].map(({ port }) => port)).size).toBe(3);
  const seen = [await look(app), await look(others[0]), await look(others[1])];
  expect(seen.map(({ count }) => count)).toEqual([1, 2, 3]);
  expect(new Set(seen.map(({ pid }) => pid)).size).toBe(3);
  expect(seen[2].NAME).toBe("Ben");
  await others[0].restart("SIGKILL");
  expect((await look(others[0])).count).toBe(4);
  await others[0].stop();
  expect([await app.isUp(), await others[0].isUp(), await others[1].isUp()]).toEqual([
    true,
    false,
    true,
  ]);
  await app.stop();
  expect(await others[1].isUp()).toBe(false);
});

test("an app finds in its environment what its course says, and what the check says goes first", async () => {
  const course = makeCourse();
  const app = await startApp(course, { course, env: { NAME: "Anna" } });
  onTestFinished(app.stop);
  expect(await look(app)).toMatchObject({ GREETING: "welcome", NAME: "Anna" });
  expect(await look(await app.another())).toMatchObject({ GREETING: "welcome", NAME: "Anna" });
});

test("a debugger that is attached to all programs writes nothing into what an app prints", async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv("NODE_OPTIONS", "--inspect=127.0.0.1:0 --no-warnings");
  const app = await startApp(makeCourse());
  onTestFinished(app.stop);
  expect(app.log()).toBe("");
});
