/**
 * Loaded into a measured server (`node --import`): answers its parent's question with what the
 * process has used so far. The server's own code knows nothing of it, and pays nothing for it.
 */
process.on("message", async () => {
  globalThis.gc?.();
  // What was closed lets go of its memory a turn later.
  await new Promise((resolve) => setTimeout(resolve, 10));
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  // Not the memory of the process: it keeps what is free for later.
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ processor: user + system, memory: heapUsed + external });
});
// The question is no reason to stay alive.
process.channel?.unref();
// The parent is gone: nobody else would end this process.
process.once("disconnect", () => process.exit());
