import { UsageError } from "../../course/errors.ts";
import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `upgrade`: the newest packages, and what breaks with them. */
export const verb: Verb = {
  summary: "for authors: raise all packages, and see which steps break",
  isRare: true,
  examples: [
    ["./version.sh upgrade --dry-run", "what there is to raise; pinned ones stay"],
    ["./version.sh upgrade", "raise them, and run the checks of all steps"],
    ["./version.sh upgrade --undo", "back to the packages from before"],
  ],
  define(command, context) {
    command
      .option("--dry-run", "only show what would be raised")
      .option("--undo", "go back to the packages from before the last upgrade")
      .action(async ({ dryRun = false, undo = false }: { dryRun?: boolean; undo?: boolean }) => {
        if (dryRun && undo)
          throw new UsageError("--dry-run and --undo exclude each other: give one of them");
        const { world } = context;
        const course = context.course();
        const all = await import("../../authoring/upgrade/upgrade.ts");
        // Loaded before the packages change.
        const { checkSteps } = await import("../../authoring/upgrade/check-steps.ts");
        if (undo) return await all.undo(world);
        await all.upgrade(world, dryRun, async () => {
          say(world, `\nChecking the ${course.steps.length} steps of ${course.folder}/ …`);
          return await checkSteps(world.root, course, (step, broken) =>
            say(world, broken === undefined ? `✓ ${step}` : `✗ ${step}: ${broken.why}`),
          );
        });
      });
  },
};
