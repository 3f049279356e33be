import { resolve } from "node:path";
import { explain } from "./errors.ts";
import type { World } from "./world.ts";

const world: World = {
  root: resolve(import.meta.dirname, "../.."),
  cwd: process.cwd(),
  env: process.env,
  platform: process.platform,
  execPath: process.execPath,
  stdout: process.stdout,
  stderr: process.stderr,
  isTTY: process.stdout.isTTY ?? false,
  now: () => new Date(),
  onSignal(signals, handler) {
    for (const signal of signals) process.on(signal, handler);
    return () => {
      for (const signal of signals) process.off(signal, handler);
    };
  },
};

// Whoever reads our output may stop early (`./version.sh diff 19 | head`): that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") {
    // A verb that listens to signals, as start does, has processes of its own to end first.
    if (process.listenerCount("SIGTERM") === 0) process.exit(0);
    process.kill(process.pid, "SIGTERM");
    return;
  }
  throw error;
});

// When npm is told to end, it takes its shell along, but nobody tells us (Ctrl-C reaches all).
if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid;
  const watch = () => process.ppid !== parent && process.kill(process.pid, "SIGTERM");
  setInterval(watch, 500).unref();
}

// Not process.exit(): what was written to a pipe may still be on its way.
process.exitCode = await import("./run.ts").then(
  ({ run }) => run(process.argv.slice(2), world),
  (error) => {
    // After a git pull that brought a new package, even the parser may be missing.
    const { line, exitCode } = explain(error);
    process.stderr.write(`version.sh: ${line}\n`);
    return exitCode;
  },
);
