/**
 * Makes this process a helper: does each job that it is sent, and answers with what came of it. A job
 * that fails ends it.
 */
export const answerJobs = <Job, Told>(answer: (job: Job) => Promise<Told>): void => {
  process.on("message", (job: Job) => {
    answer(job).then(
      (told) => process.send?.(told),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  // Whoever asked is gone: nobody else would end this process.
  process.once("disconnect", () => process.exit());
};
