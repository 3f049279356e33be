import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { freePort } from "./free-port.ts";
import { type Image, makeImage } from "./image.ts";
import { request } from "./request.ts";
import { isThorough } from "./thorough.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const left: (() => void)[] = [];
afterEach(() => {
  for (const remove of left.splice(0)) remove();
});

/** A folder with a Dockerfile of these lines. */
const folderWith = (files: Record<string, string>) => {
  const folder = mkdtempSync(join(tmpdir(), "image-source-"));
  left.push(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
};
const made = (image: Image) => {
  left.push(image.remove);
  return image;
};

test("files are copied as Docker copies them, and settings are known in the lines below", () => {
  const source = folderWith({
    Dockerfile: `FROM scratch AS before
ENV LOST=1
FROM node:26
ARG VERSION=none
ENV NAME=app TAG=$VERSION
WORKDIR /srv
WORKDIR \${NAME}
COPY a.txt b.txt ./
COPY lib ./lib
COPY a.txt /etc/other.txt
RUN echo "$NAME" > said.txt
`,
    "a.txt": "a",
    "b.txt": "b",
    "lib/c.txt": "c",
  });
  const ran: string[] = [];
  const { folder, env } = made(
    makeImage(source, { args: { VERSION: "7" }, run: (line, cwd) => ran.push(line, cwd) }),
  );
  expect(env).toEqual({ NAME: "app", TAG: "7" });
  expect(globSync("**/*.txt", { cwd: folder }).sort()).toEqual([
    "a.txt",
    "b.txt",
    join("lib", "c.txt"),
  ]);
  expect(readFileSync(join(folder, "../../etc/other.txt"), "utf8")).toBe("a");
  expect(ran).toEqual(['echo "$NAME" > said.txt', folder]);
});

test("without RUN, an app gets the packages of its lock, and no other", () => {
  const source = folderWith({
    Dockerfile: "FROM node:26\nWORKDIR /app\nCOPY package-lock.json ./\n",
    "package-lock.json": JSON.stringify({ packages: { "": {}, "node_modules/zod": {} } }),
  });
  const { folder } = made(makeImage(source));
  expect(existsSync(join(folder, "node_modules/zod/package.json"))).toBe(true);
  expect(existsSync(join(folder, "node_modules/express"))).toBe(false);
});

// npm needs the network, or a cache that has it all.
test
  .skipIf(!isThorough || process.platform === "win32")
  .for(globSync("{steps,sequels/*}/*/Dockerfile", { cwd: ROOT }).map((path) => dirname(path)))(
  "the image of %s is made by its own lines, starts, is healthy, and ends at SIGTERM",
  // npm may have to fetch a hundred packages.
  { timeout: 600_000 },
  async (dir) => {
    const image = made(
      makeImage(join(ROOT, dir), {
        run: (line, cwd, env) =>
          execFileSync("/bin/sh", ["-c", line], {
            cwd,
            env: { ...process.env, ...env, npm_config_prefer_offline: "true" },
          }),
      }),
    );
    const settings = { PORT: String(await freePort()), HOST: "127.0.0.1" };
    const child = image.start(settings);
    const gone = once(child, "exit");
    left.unshift(() => child.kill("SIGKILL"));
    const status = () =>
      request(`http://127.0.0.1:${settings.PORT}/healthz`).then(
        (answer) => answer.status,
        () => 0,
      );
    await eventually(status).toBe(200);
    expect(image.health(settings)).toBe(0);
    child.kill("SIGTERM");
    expect(await gone).toEqual([0, null]);
  },
);
