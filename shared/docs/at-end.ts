const todo = new Set<() => void>();
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const end = (signal?: NodeJS.Signals) => {
  for (const work of [...todo].reverse()) work();
  todo.clear();
  // As if nobody had listened: the process ends by the signal that it was sent.
  if (signal !== undefined) process.kill(process.pid, signal);
};
const onExit = () => end();

/**
 * Does the work if this process ends before it is taken back, also when it is interrupted, of
 * which Node's "exit" does not tell. The work has to be synchronous; the latest comes first.
 * @returns what takes it back
 */
export function atEnd(work: () => void): () => void {
  if (todo.size === 0) {
    process.once("exit", onExit);
    for (const signal of SIGNALS) process.once(signal, end);
  }
  todo.add(work);
  return () => {
    todo.delete(work);
    if (todo.size > 0) return;
    process.off("exit", onExit);
    for (const signal of SIGNALS) process.off(signal, end);
  };
}
