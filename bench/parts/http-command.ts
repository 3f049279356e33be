import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { findHttpie } from "../../shared/http/testing/httpie.ts";
import { type Figure, figureOf } from "../lib/figure.ts";
import type { Part, Settings } from "../lib/part.ts";
import { type Command, peakMemory, timeProgram } from "../lib/peak.ts";
import { type Contestants, inTurns } from "../lib/turns.ts";

const users = Array.from({ length: 20 }, (_, id) => ({
  id,
  name: `user ${id}`,
  email: `u${id}@x`,
}));

/** Who gets the same answer; the course's own command first. */
const programsFor = (root: string, url: string, note: Settings["note"]): Map<string, Command> => {
  const bin = join(root, "shared/http/bin.js");
  const node = process.execPath;
  const programs = new Map<string, Command>([
    ["http", { command: node, args: [bin, "--pretty=all", url] }],
    ["not laid out", { command: node, args: [bin, url] }],
  ]);
  const httpie = findHttpie();
  if (httpie) {
    const args = ["--ignore-stdin", "--pretty=all", url];
    programs.set("HTTPie", { command: httpie, args });
  } else note("HTTPie 3.2 is not installed");
  if (spawnSync("curl", ["--version"]).status === 0) {
    programs.set("curl", { command: "curl", args: ["-s", url] });
  } else note("curl is not installed");
  return programs.set("node alone", { command: node, args: ["-e", "0"] });
};

const run = async ({ root, quick, say, note }: Settings): Promise<Figure[]> => {
  say("http: the same GET with each program");
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify(users));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/users`;
    const programs = [...programsFor(root, url, note)];
    const rounds = quick ? 5 : 21;
    const times: Contestants<number> = new Map(
      programs.map(([name, program]) => [name, () => timeProgram(program)]),
    );
    const peaks: Contestants<number | undefined> = new Map(
      programs.map(([name, program]) => [name, () => peakMemory(program)]),
    );
    const figures = [
      figureOf("http", "from command to end", "ms", await inTurns(times, rounds, 2), (ms) => ms),
    ];
    const memory = await inTurns(peaks, quick ? 3 : 5, 0);
    if ([...memory.values()].flat().every((peak) => peak === undefined)) {
      note("this system does not tell the memory of a process");
      return figures;
    }
    return [...figures, figureOf("http", "peak memory", "MB", memory, (megabytes) => megabytes)];
  } finally {
    server.close();
  }
};

/** `http` on a small answer: start-up and peak memory, beside other clients. */
export const part: Part = { summary: "the http command, beside HTTPie and curl", run };
