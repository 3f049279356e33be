import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";

/*
 * Runs inside `tsx watch`, before it. Tells at once when the app was killed, and lets tsx start it
 * again: a process that a signal has ended has no exit code, and tsx 4 then waits for its end for
 * ever, so that neither a save nor a switch would bring the app back. Ends with `start`, however that
 * ends, and tells it which process the app is, in case it is we who are killed.
 */

const start = process.ppid;
setInterval(() => process.ppid !== start && process.kill(process.pid, "SIGTERM"), 500).unref();

subscribe("child_process", (message) => {
  const { process: child } = message as { process: ChildProcess };
  child.once("spawn", () => isApp(child) && process.send?.({ app: child.pid }));
  child.once("exit", (_code, signal) => {
    // Or tsx itself did it, to start it anew.
    if (signal === null || child.killed || !isApp(child)) return;
    Object.assign(child, { exitCode: 1 });
    const why = signal === "SIGKILL" ? " (kill -9, or there was no memory left)" : "";
    process.stderr.write(
      `version.sh: the app was ended by ${signal}${why}: it starts again when you save a file or go to another step\n`,
    );
  });
});

function isApp(child: ChildProcess): boolean {
  return child.spawnargs.includes("app.ts");
}
