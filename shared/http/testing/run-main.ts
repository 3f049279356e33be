import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { main } from "../main.ts";
import type { World } from "../world.ts";

/** What a run of the command left behind. */
export type RunResult = { exitCode: number; stdout: Buffer; stderr: string };

/** How a run differs from one in an empty place, with nothing on standard input. */
export type RunSettings = Partial<World> & {
  /** Data on standard input; `idle` is a pipe on which nothing ever comes. */
  input?: string | Buffer | "idle";
};

function collect(): { stream: Writable; bytes(): Buffer } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer | string, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, bytes: () => Buffer.concat(chunks) };
}

/** Runs the command in this process, in a world made for it. */
export async function runMain(
  args: readonly string[],
  settings: RunSettings = {},
): Promise<RunResult> {
  const { input, ...overrides } = settings;
  const stdout = collect();
  const stderr = collect();
  const stdin =
    input === "idle"
      ? new Readable({ read: () => undefined })
      : Readable.from([Buffer.from(input ?? "")]);
  const world: World = {
    stdinKind: input === undefined ? "none" : "pipe",
    stdin: () => stdin,
    stdout: stdout.stream,
    stdoutIsTerminal: false,
    stderr: stderr.stream,
    stderrIsTerminal: false,
    env: { HTTPIE_CONFIG_DIR: join(tmpdir(), "no-such-config-folder") },
    cwd: process.cwd(),
    home: tmpdir(),
    platform: process.platform,
    now: () => performance.now(),
    ...overrides,
  };
  const exitCode = await main(args, world);
  return { exitCode, stdout: stdout.bytes(), stderr: stderr.bytes().toString() };
}

/** An empty folder, and how it goes away again. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "http-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
