import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import {
  ask,
  eventually,
  freePort,
  type Image,
  type ImageRule,
  imageFaults,
  makeImage,
  readDockerfile,
  request,
  target,
} from "#testkit";
import { useApp } from "../helpers.ts";

const app = useApp();
// Windows has no signal that a program could hear.
const withSignals = test.skipIf(process.platform === "win32");
const [node = ""] = process.versions.node.split(".");

let image: Image | undefined;
let child: ChildProcess | undefined;
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }
  image?.remove();
  [image, child] = [undefined, undefined];
});

const read = (name: string) => {
  const path = join(target().folder, name);
  expect(existsSync(path), `${name} beside app.ts`).toBe(true);
  return readFileSync(path, "utf8");
};

const faultsOf = (rule: ImageRule) => {
  const text = read("Dockerfile");
  const names = readdirSync(target().folder, { recursive: true, encoding: "utf8" });
  const files = new Map(
    names
      .map((name) => name.replaceAll("\\", "/"))
      .filter((name) => !/^(?:instance|node_modules)(?:\/|$)/.test(name))
      .map((name) => [name, name === ".dockerignore" ? read(name) : undefined]),
  );
  return imageFaults(readDockerfile(text), files, node)
    .filter((fault) => fault.rule === rule)
    .map(({ line, what, cure }) => `Dockerfile:${line}: ${what}: ${cure}`);
};

/** What the image would hold, in a temporary folder. */
const make = (args?: Record<string, string>) => {
  read("Dockerfile");
  image = makeImage(target().folder, args ? { args } : {});
  return image;
};

/** The image's app, on a free port of this machine alone. */
const start = async (made: Image) => {
  const port = await freePort();
  const settings = { PORT: String(port), HOST: "127.0.0.1" };
  child = made.start(settings);
  const url = `http://127.0.0.1:${port}`;
  await eventually(() =>
    request(`${url}/healthz`).then(
      ({ status }) => status,
      () => "no answer",
    ),
  ).toBe(200);
  return { ...app.running(), url, port, settings };
};

test.for([
  ["the image begins with the Node that the course has", "node"],
  ["what the image copies is there, and the data of this machine is not among it", "copy"],
  ["in the container, the app does not run as root", "user"],
  ["the volume is the folder of the data, not a file in it", "volume"],
  ["no secret stands in the image", "secret"],
  ["the app is started without a shell, which would keep the SIGTERM for itself", "command"],
] as [string, ImageRule][])("%s", ([, rule]) => {
  expect(faultsOf(rule)).toEqual([]);
});

test("in the container it is production, on port 80 of all addresses", () => {
  const { env } = make();
  expect(env).toMatchObject({ NODE_ENV: "production", PORT: "80" });
  expect(env.HOST, "HOST: 127.0.0.1 would be the container alone").toMatch(/^(?:0\.0\.0\.0|::)$/);
});

test("package.json names exact versions, and its lock has the same", () => {
  type Locked = { packages: Record<string, { version?: string; dependencies?: object }> };
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: object };
  const { packages } = JSON.parse(read("package-lock.json")) as Locked;
  expect(packages[""]?.dependencies, "what the lock was made for").toEqual(dependencies);
  for (const [name, version] of Object.entries(dependencies)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    expect(packages[`node_modules/${name}`]?.version, `${name} in the lock`).toBe(version);
  }
});

test("the packages are installed as the lock says, without those for development", () => {
  const runs = readDockerfile(read("Dockerfile")).filter(({ name }) => name === "RUN");
  expect(runs.map(({ text }) => text).join("\n")).toMatch(/\bnpm ci\b.*--omit[= ]dev/);
});

withSignals(
  "what is in the image is enough: it starts, is healthy, and ends in order at SIGTERM",
  async () => {
    const made = make();
    const server = await start(made);
    for (const path of ["/api/current_stats", "/api/uplot/uPlot.esm.js"])
      expect((await request(server.url + path)).status, path).toBe(200);
    expect(made.health(server.settings), "what HEALTHCHECK ends with").toBe(0);
    expect(await ask(await app.socket({}, server), "click", { user: "Ada" })).toEqual({});
    const gone = once(child as ChildProcess, "exit");
    child?.kill("SIGTERM");
    expect(await gone).toEqual([0, null]);
    const database = new Database(join(made.folder, "instance", "counter.db"), { readonly: true });
    expect(database.prepare("SELECT count(*) AS count FROM clicks").get()).toEqual({ count: 1 });
    database.close();
    expect(made.health(server.settings), "what HEALTHCHECK ends with now").not.toBe(0);
  },
);

test("its version is the one that it was built with: --build-arg VERSION", async () => {
  const server = await start(make({ VERSION: "1.2.3" }));
  expect((await request(`${server.url}/api`)).json).toEqual({ version: "1.2.3" });
});

test("whom to believe who asks is told by TRUST_PROXY; without it, this machine", async () => {
  const asked = async (TRUST_PROXY?: string) => {
    const server = await app.another({ env: { NODE_ENV: "production", TRUST_PROXY } });
    await request(`${server.url}/api`, { headers: { "X-Forwarded-For": "203.0.113.7" } });
    await server.printed(/GET \/api\b/);
    return /^(\S+) GET \/api$/m.exec(server.log())?.[1];
  };
  expect(await asked()).toBe("203.0.113.7");
  expect(await asked("uniquelocal")).toBe("127.0.0.1");
});
