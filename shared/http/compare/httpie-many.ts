import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { runProcess } from "../testing/httpie.ts";
import type { RunResult } from "../testing/run-main.ts";

/** Runs HTTPie for one line after the other. */
export type HttpieRunner = {
  run(
    args: string[],
    settings: { cwd: string; env: Record<string, string>; input?: string | Buffer },
  ): Promise<RunResult>;
  close(): void;
};

/** One process a line: where HTTPie is no Python script. */
function plainRunner(httpie: string): HttpieRunner {
  return {
    run: (args, settings) => runProcess(httpie, args, settings),
    close: () => undefined,
  };
}

/**
 * Starts HTTPie for many lines: its libraries are loaded once, which takes most of the time of
 * a line otherwise.
 *
 * @param httpie - the path of its program
 * @param folder - for the files that stand for the standard streams
 */
export function startHttpie(httpie: string, folder: string): HttpieRunner {
  const python = /^#!(\S*python[\d.]*)\n/.exec(readFileSync(httpie, "latin1"))?.[1];
  if (!python) return plainRunner(httpie);
  const child = spawn(python, [join(import.meta.dirname, "httpie-many.py")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const codes = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const names = {
    stdin: join(folder, "in"),
    stdout: join(folder, "out"),
    stderr: join(folder, "err"),
  };
  return {
    async run(args, { cwd, env, input }) {
      writeFileSync(names.stdin, input ?? "");
      child.stdin.write(`${JSON.stringify({ args, cwd, env, ...names })}\n`);
      const { value, done } = await codes.next();
      if (done) throw new Error("HTTPie's Python has ended early");
      return {
        exitCode: Number(value),
        stdout: readFileSync(names.stdout),
        stderr: readFileSync(names.stderr, "utf8"),
      };
    },
    close: () => child.stdin.end(),
  };
}
