/**
 * Start-up time and peak memory of the course's `http`, of HTTPie and of curl: from the command
 * to the end of the process, on the same GET, in turns, medians.
 *
 * Run by hand: node bench/http.ts [rounds]
 */
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { findHttpie } from "../shared/http/testing/httpie.ts";

const rounds = Number(process.argv[2] ?? 21);
const bin = join(import.meta.dirname, "..", "shared", "http", "bin.js");

const users = Array.from({ length: 20 }, (_, id) => ({
  id,
  name: `user ${id}`,
  email: `u${id}@x`,
}));
const server = createServer((_request, response) => {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(users));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/users`;

type Contestant = { name: string; command: string; args: string[] };

const httpie = findHttpie();
const hasCurl = spawnSync("curl", ["--version"]).status === 0;
const contestants: Contestant[] = [
  { name: "http (course)", command: process.execPath, args: [bin, url] },
  {
    name: "http, laid out and coloured",
    command: process.execPath,
    args: [bin, "--pretty=all", url],
  },
  ...(httpie
    ? [
        { name: "HTTPie", command: httpie, args: ["--ignore-stdin", url] },
        {
          name: "HTTPie, laid out and coloured",
          command: httpie,
          args: ["--ignore-stdin", "--pretty=all", url],
        },
      ]
    : []),
  ...(hasCurl ? [{ name: "curl", command: "curl", args: ["-s", url] }] : []),
  { name: "node (nothing else)", command: process.execPath, args: ["-e", "0"] },
];

type Measured = { milliseconds: number; megabytes: number | undefined };

/** The most memory that a process has held so far; Linux tells. */
function peakOf(pid: number): number | undefined {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

function measure({ command, args }: Contestant, watchesMemory: boolean): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"] });
    let megabytes: number | undefined;
    const poll = setInterval(
      () => {
        if (watchesMemory) megabytes = peakOf(child.pid ?? 0) ?? megabytes;
      },
      watchesMemory ? 1 : 1000,
    );
    child.on("error", reject);
    child.on("exit", (code) => {
      clearInterval(poll);
      if (code === 0) resolve({ milliseconds: performance.now() - start, megabytes });
      else reject(new Error(`${command} ${args.join(" ")} ended with ${code}`));
    });
  });
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const times = new Map<string, number[]>();
const peaks = new Map<string, number[]>();
for (let round = -2; round < rounds; round += 1) {
  for (const contestant of contestants) {
    const { milliseconds } = await measure(contestant, false);
    const { megabytes } = await measure(contestant, true);
    // The first rounds fill caches, the file system's and the compiler's.
    if (round < 0) continue;
    times.set(contestant.name, [...(times.get(contestant.name) ?? []), milliseconds]);
    if (megabytes !== undefined) {
      peaks.set(contestant.name, [...(peaks.get(contestant.name) ?? []), megabytes]);
    }
  }
}
server.close();

console.log(`medians of ${rounds} rounds, Node ${process.versions.node}, ${process.platform}\n`);
console.log("| program | from command to answer | fastest | peak memory |");
console.log("| --- | ---: | ---: | ---: |");
for (const { name } of contestants) {
  const all = times.get(name) ?? [];
  const memory = peaks.get(name);
  const peak = memory ? `${median(memory).toFixed(0)} MB` : "not measured";
  console.log(
    `| ${name} | ${median(all).toFixed(0)} ms | ${Math.min(...all).toFixed(0)} ms | ${peak} |`,
  );
}
