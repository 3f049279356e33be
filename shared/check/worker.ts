import type { Answer, Question } from "./checker.ts";
import { closeBrowser, runChecks } from "./index.ts";

process.on("message", async ({ id, checks }: Question) => {
  const answer: Answer = await runChecks(checks).then(
    (report) => ({ id, report }),
    (error) => ({ id, problem: String(error?.stack ?? error) }),
  );
  process.send?.(answer);
});
// The end of the channel is the end of the work: apps and browser go with this process.
process.on("disconnect", async () => {
  await closeBrowser();
  process.exit(0);
});
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(1));
