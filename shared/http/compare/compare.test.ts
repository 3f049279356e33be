import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EchoServer, startEchoServer } from "../testing/echo-server.ts";
import { findHttpie } from "../testing/httpie.ts";
import { type RunResult, runMain, temporaryFolder } from "../testing/run-main.ts";
import type { SeenRequest } from "../testing/seen-request.ts";
import { type HttpieRunner, startHttpie } from "./httpie-many.ts";
import { lines } from "./lines/index.ts";
import type { Line } from "./lines/line.ts";

const httpie = findHttpie();
const isCi = process.env.CI === "true";

if (!httpie && !isCi) {
  console.warn(
    "http is not compared with HTTPie: it is not installed (apt, brew or pipx install httpie)",
  );
}

// Two lines at a time, each with a server and an HTTPie of its own.
const laneCount = 2;

type Lane = {
  server: EchoServer;
  httpie: HttpieRunner;
  folder: ReturnType<typeof temporaryFolder>;
};

async function openLane(path: string): Promise<Lane> {
  const folder = temporaryFolder();
  return { server: await startEchoServer(), httpie: startHttpie(path, folder.path), folder };
}

function fillFolder(folder: string): void {
  writeFileSync(join(folder, "text.txt"), "trois petits chats\nà la volée\n");
  writeFileSync(join(folder, "line.txt"), "one line\n\n");
  writeFileSync(join(folder, "data.json"), '{"z": [1, 2.0], "a": "é"}\n');
  writeFileSync(join(folder, "often.json"), '{"b": 15, "b": 15, "b": 3, "b": 7}');
  writeFileSync(join(folder, "binary.bin"), Buffer.from([0, 255, 254, 10]));
  writeFileSync(join(folder, "no-ending"), "x");
  writeFileSync(join(folder, "é ü.txt"), "y");
}

// What names the program, and what no two requests share.
const momentary = new Set(["user-agent"]);

// What HTTPie adds where a library for it happens to be installed.
const withoutExtras = (text: string) => text.replaceAll("gzip, deflate, br", "gzip, deflate");

function comparableHeader(name: string, value: string): string {
  const plain = withoutExtras(value).replaceAll(/(cnonce|response)="[^"]*"/g, '$1="…"');
  return `${name.toLowerCase()}: ${plain}`;
}

function comparableRequest({ method, url, headers, body }: SeenRequest) {
  const isDeflated = headers.some(([, value]) => value === "deflate");
  const kept = headers
    .filter(([name, value]) => !momentary.has(name.toLowerCase()) || value === "me")
    // Two compressors need not agree about the length.
    .filter(([name]) => !(isDeflated && name.toLowerCase() === "content-length"))
    .map(([name, value]) => comparableHeader(name, value));
  const bytes = isDeflated ? inflateSync(body) : body;
  return { method, url, headers: kept.sort(), body: bytes.toString("latin1") };
}

function comparableOutput(output: Buffer): string {
  return withoutExtras(output.toString("latin1"))
    .replaceAll(/User-Agent: (HTTPie|chat-course-http)\/\S+/g, "User-Agent: …")
    .replaceAll(/Elapsed time: [\d.]+s/g, "Elapsed time: …");
}

type Observed = RunResult & { seen: SeenRequest[] };

/** Runs one line by one program, against one server. */
async function observe(
  line: Line,
  server: EchoServer,
  run: (args: string[], env: Record<string, string>) => Promise<RunResult>,
): Promise<Observed> {
  const fill = (text: string) => text.replaceAll("PORT", String(server.port));
  const env = Object.fromEntries(
    Object.entries(line.env ?? {}).map(([name, value]) => [name, fill(value)]),
  );
  server.seen.length = 0;
  const result = await run(line.args.map(fill), env);
  return { ...result, seen: [...server.seen] };
}

function comparable({ exitCode, stdout, seen }: Observed, { differs = [] }: Line) {
  const requests = seen.map(comparableRequest);
  return {
    exitCode: differs.includes("exit code") ? "…" : exitCode,
    requests: differs.includes("headers")
      ? requests.map((request) => ({ ...request, headers: "…" }))
      : requests,
    output: differs.includes("output") ? "…" : comparableOutput(stdout),
  };
}

describe.skipIf(!httpie && !isCi)("the same command line for HTTPie and for http", () => {
  const folder = temporaryFolder();
  const lanes: Lane[] = [];
  const free: Lane[] = [];
  const waiting: (() => void)[] = [];

  beforeAll(async () => {
    if (!httpie) throw new Error("httpie is needed where CI=true: apt-get install httpie");
    fillFolder(folder.path);
    while (lanes.length < laneCount) lanes.push(await openLane(httpie));
    free.push(...lanes);
  });
  afterAll(async () => {
    for (const lane of lanes) {
      lane.httpie.close();
      await lane.server.close();
      lane.folder.remove();
    }
    folder.remove();
  });

  const settings = { HTTPIE_CONFIG_DIR: join(folder.path, "config"), NO_COLOR: "1" };

  async function both(line: Line): Promise<{ theirs: Observed; ours: Observed }> {
    while (free.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    const lane = free.pop() as Lane;
    const { server } = lane;
    try {
      // Without data both are told so: that HTTPie takes a closed input for data is no rule.
      const quiet = line.input === undefined ? ["--ignore-stdin"] : [];
      const theirs = await observe(line, server, (args, env) =>
        lane.httpie.run([...quiet, ...args], {
          cwd: folder.path,
          env: { ...settings, ...env },
          input: line.input,
        }),
      );
      const ours = await observe(line, server, (args, env) =>
        runMain([...quiet, ...args], {
          cwd: folder.path,
          env: { ...settings, ...env },
          input: line.input,
        }),
      );
      return { theirs, ours };
    } finally {
      free.push(lane);
      waiting.shift()?.();
    }
  }

  for (const [subject, table] of Object.entries(lines)) {
    describe(subject, () => {
      for (const line of table) {
        const title = `http ${line.args.join(" ").slice(0, 100)}${line.input ? " < input" : ""}`;
        test.concurrent(title, async () => {
          const { theirs, ours } = await both(line);
          expect(comparable(ours, line)).toEqual(comparable(theirs, line));
          expect(ours.stderr.split("\n").length, ours.stderr).toBeLessThanOrEqual(2);
        });
      }
    });
  }
});

test("at least 150 lines are compared", () => {
  expect(Object.values(lines).flat().length).toBeGreaterThanOrEqual(150);
});
