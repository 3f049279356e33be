import { join } from "node:path";
import type { BrokenStep } from "../../authoring/upgrade/check-steps.ts";
import { courseFolders, DEFAULT_COURSE, isDirectory, readCourse } from "../../course/course.ts";
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
        const isThere = (folder: string) => isDirectory(join(world.root, folder));
        const all = await import("../../authoring/upgrade/upgrade.ts");
        // Loaded before the packages change.
        const { checkSteps } = await import("../../authoring/upgrade/check-steps.ts");
        if (undo) return await all.undo(world);
        await all.upgrade(world, dryRun, async () => {
          const broken: BrokenStep[] = [];
          // A package of the root is one of all courses.
          for (const folder of courseFolders(world.root).filter(isThere)) {
            const course = readCourse(world, folder);
            say(world, `\nChecking the ${course.steps.length} steps of ${folder}/ …`);
            const found = await checkSteps(world.root, course, (step, faulty) =>
              say(world, faulty === undefined ? `✓ ${step}` : `✗ ${step}: ${faulty.why}`),
            );
            const prefix = folder === DEFAULT_COURSE ? "" : `${folder}/`;
            broken.push(...found.map(({ step, why }) => ({ step: prefix + step, why })));
          }
          return broken;
        });
      });
  },
};
