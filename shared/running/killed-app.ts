import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import { watchLimit } from "../course/errors.ts";
import type { Told } from "./restarts.ts";

/*
 * Runs inside `tsx watch`, before it. Tells at once when the app was killed, and lets tsx start it
 * again: a process that a signal has ended has no exit code, and tsx 4 then waits for its end for
 * ever, so that neither a save nor a switch would bring the app back. Ends with `start`, however that
 * ends, and tells it which process the app is, in case it is we who are killed, and when it starts and
 * ends, so that `start` sees what tsx has missed.
 */

const tell = (told: Told, then = () => {}) => (process.send ? process.send(told, then) : then());

// By the channel, not by who our parent is: `start` may have ended before this line is reached.
setInterval(() => process.connected || process.kill(process.pid, "SIGTERM"), 500).unref();

subscribe("child_process", (message) => {
  const { process: child } = message as { process: ChildProcess };
  const kill = child.kill.bind(child);
  child.kill = (signal) => {
    if (isApp(child)) tell({ restarts: true });
    return kill(signal);
  };
  child.once("spawn", () => isApp(child) && child.pid && tell({ app: child.pid }));
  child.once("exit", (_code, signal) => {
    // Or tsx itself did it, to start it anew.
    if (child.killed || !isApp(child)) return;
    tell({ ended: true });
    if (signal === null) return;
    Object.assign(child, { exitCode: 1 });
    const why = signal === "SIGKILL" ? " (kill -9, or there was no memory left)" : "";
    process.stderr.write(
      `version.sh: the app was ended by ${signal}${why}: it starts again when you save a file or go to another step\n`,
    );
  });
});

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    // tsx does not listen yet: there is no app that it would have to end.
    if (process.listenerCount(signal) === 1) process.exit();
    tell({ stops: true });
  });

// tsx does not listen to what its watchers cannot do.
process.on("uncaughtException", (error) => {
  const limit = watchLimit(error);
  if (limit === undefined) console.error(error);
  const failure = limit && `${limit}. Or without them: CHOKIDAR_USEPOLLING=1 npm start`;
  tell(failure ? { failure } : {}, () => process.exit(1));
});

function isApp(child: ChildProcess): boolean {
  return child.spawnargs.includes("app.ts");
}
