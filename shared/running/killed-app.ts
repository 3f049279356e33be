import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";

/*
 * Runs inside `tsx watch`, before it: tells at once when the app was killed, and lets tsx start it
 * again. A process that a signal has ended has no exit code, and tsx 4 then waits for its end for
 * ever: neither a save nor a switch would bring the app back.
 */

subscribe("child_process", (message) => {
  const { process: child } = message as { process: ChildProcess };
  child.once("exit", (_code, signal) => {
    const isApp = child.spawnargs.includes("app.ts");
    // By tsx itself, to start it anew.
    if (signal === null || child.killed || !isApp) return;
    Object.assign(child, { exitCode: 1 });
    const why = signal === "SIGKILL" ? " (kill -9, or there was no memory left)" : "";
    process.stderr.write(
      `version.sh: the app was ended by ${signal}${why}: it starts again when you save a file or go to another step\n`,
    );
  });
});
