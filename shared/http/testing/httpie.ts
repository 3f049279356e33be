import { spawn, spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { RunResult } from "./run-main.ts";

/** HTTPie's program, found on the PATH: an `http` that is version 3.2 and not the course's. */
export function findHttpie(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  for (const folder of folders) {
    const path = join(folder, "http");
    if (!existsSync(path) || realpathSync(path).endsWith("bin.js")) continue;
    const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 20_000 });
    if (/^3\.2\./.test(stdout ?? "")) return path;
  }
  return undefined;
}

/** How a process is started. */
export type ProcessSettings = {
  cwd: string;
  env?: Record<string, string>;
  input?: string | Buffer;
  /** Milliseconds until it is stopped. */
  limit?: number;
};

/** Runs a program to its end. */
export function runProcess(
  command: string,
  args: readonly string[],
  settings: ProcessSettings,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: settings.cwd,
      env: { ...process.env, ...settings.env },
      stdio: [settings.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      timeout: settings.limit ?? 30_000,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on("data", (chunk) => stdout.push(chunk));
    child.stderr?.on("data", (chunk) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({
        exitCode: code ?? (signal ? 128 : 1),
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
    // A program that reads no input closes its end: nothing to report.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(settings.input);
  });
}
