import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, browserTest, eventually, freePort, request, target } from "#testkit";
import { connected, numberIn, of, useApp } from "../helpers.ts";

const app = useApp({ env: { NODE_ENV: "production" } });

let proxy: ChildProcess;
let front: string;
beforeAll(async () => {
  const port = await freePort();
  front = `http://127.0.0.1:${port}`;
  const program = join(target().course, "../../shared/proxy/main.ts");
  const to = String(app.running().port);
  const pages = join(app.running().folder, "public");
  const args = ["--port", String(port), "--to", to, "--pages", pages];
  proxy = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  await eventually(() =>
    request(front).then(
      ({ status }) => status,
      () => 0,
    ),
  ).toBe(200);
});
afterAll(async () => {
  if (proxy.exitCode !== null) return;
  const ended = once(proxy, "exit");
  proxy.kill();
  await ended;
});

test("in production the server has no pages: they are answered 404, in JSON", async () => {
  for (const path of ["/", "/index.html", "/style.css", "/script.js", "/statistics.html"]) {
    const { status, json } = await app.get(path);
    expect({ status, json }, path).toEqual({ status: 404, json: { error: expect.any(String) } });
  }
});

test("the API, its sockets and the scripts of both libraries are there as ever", async () => {
  expect(await app.get("/api")).toMatchObject({ status: 200, json: { version: target().step } });
  expect((await app.get("/api/uplot/uPlot.esm.js")).status).toBe(200);
  expect((await app.get("/api/socket.io/socket.io.esm.min.js")).status).toBe(200);
  const { socket, heard } = await app.listener();
  expect(await ask(socket, "click", { user: "Ada" })).toEqual({});
  await eventually(() => of("click", heard)).toHaveLength(1);
});

test("without NODE_ENV, or with another one, the pages are there", async () => {
  for (const NODE_ENV of [undefined, "development"]) {
    const server = await app.another({ env: { NODE_ENV } });
    expect((await request(`${server.url}/`)).type).toBe("text/html");
  }
});

test("behind the proxy the app knows who asks, and prints it", async () => {
  const from = app.running().log().length;
  await request(`${front}/api/users?from=there`, { headers: { "X-Forwarded-For": "203.0.113.7" } });
  await app.running().printed(/GET \/api\/users\?from=there/, from);
  const line = app
    .running()
    .log()
    .slice(from)
    .split("\n")
    .find((each) => each.includes("from=there"));
  // Who is next to us tells who asked: what a stranger wrote before that is not believed blindly.
  expect(line).toContain("203.0.113.7");
});

test("a page of another site may not come in through the proxy, either", async () => {
  const socket = (Origin: string) =>
    app.socket({ headers: { Origin } }, { ...app.running(), url: front }).then(
      () => "let in",
      () => "refused",
    );
  expect(await socket("http://evil.example")).toBe("refused");
  expect(await socket(front)).toBe("let in");
});

browserTest("the page works through the proxy, live", async () => {
  const [one, two] = [await app.page("/", front), await app.page("/", front)];
  await connected(one);
  await connected(two);
  await eventually(() => numberIn(two, "#total")).toBeGreaterThan(0);
  const before = await numberIn(two, "#total");
  await one.locator("#button").click();
  await eventually(() => numberIn(two, "#total")).toBe(before + 1);
  // Another page may have heard of it before this one has its answer.
  await eventually(() => numberIn(one, "#session")).toBe(1);
});

browserTest("so do the statistics", async () => {
  const page = await app.page("/statistics.html", front);
  await page.locator("#users thead").waitFor({ state: "attached" });
  expect(await page.locator("#chart canvas").count()).toBe(1);
});
