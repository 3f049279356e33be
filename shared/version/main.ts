import { resolve } from "node:path";
import { ExitCode, explain } from "../course/errors.ts";
import { askDirectly, endWithNpm, worldOfProcess } from "./process.ts";

const world = worldOfProcess(resolve(import.meta.dirname, "../.."));

// Whoever reads our output may stop early (`./version.sh diff 19 | head`): that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  const isEarly = error.code === "EPIPE";
  if (!isEarly)
    process.stderr.write(`version.sh: what it shows was not written: ${explain(error).line}\n`);
  // A verb that listens to signals, as start does, has processes of its own to end first.
  if (process.listenerCount("SIGTERM") > 0) process.kill(process.pid, "SIGTERM");
  else process.exit(isEarly ? ExitCode.Success : ExitCode.Failure);
});

askDirectly();
await endWithNpm();

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
