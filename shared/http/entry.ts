import { fstatSync } from "node:fs";
import { homedir } from "node:os";
import type { StdinKind, World } from "./world.ts";

function stdinKind(): StdinKind {
  try {
    const stats = fstatSync(0);
    if (stats.isFile()) return "file";
    if (stats.isFIFO() || stats.isSocket()) return "pipe";
    return stats.isCharacterDevice() && process.stdin.isTTY ? "terminal" : "none";
  } catch {
    // Closed, as some task runners leave it.
    return "none";
  }
}

async function askPassword(question: string): Promise<string> {
  const { readHidden } = await import("./read-hidden.ts");
  return readHidden(question, process.stdin, process.stderr);
}

const kind = stdinKind();
const world: World = {
  stdinKind: kind,
  stdin: () => process.stdin,
  stdout: process.stdout,
  stdoutIsTerminal: process.stdout.isTTY === true,
  stderr: process.stderr,
  stderrIsTerminal: process.stderr.isTTY === true,
  env: process.env,
  cwd: process.cwd(),
  home: homedir(),
  platform: process.platform,
  now: () => performance.now(),
  askPassword: kind === "terminal" ? askPassword : undefined,
};

// A reader that goes away (`http … | head`) is reported by the write that fails.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);
process.on("SIGINT", () => process.exit(130));

const { main } = await import("./main.ts");
const exitCode = await main(process.argv.slice(2), world);
// An idle pipe on standard input would keep the process; what was written is out first.
process.stdout.write("", () => process.stderr.write("", () => process.exit(exitCode)));
