import { existsSync } from "node:fs";
import { join } from "node:path";
import { CourseError } from "../../course/errors.ts";
import { withLock } from "../../course/lock.ts";
import { say, type World } from "../../course/world.ts";
import type { BrokenStep } from "./check-steps.ts";
import { type Answer, complaintOf, npm } from "./npm.ts";
import { findOutdated, installations, type Outdated } from "./outdated.ts";
import { bringBack, forgetKept, hasKept, keepPackages, keepResult } from "./saved-packages.ts";
import { tableOf } from "./table.ts";

const UNDO = "./version.sh upgrade --undo";

/**
 * Raises all packages to their newest versions, and looks whether the steps still keep their promises.
 * @param check runs the checks of all steps
 * @throws CourseError naming the steps that break, or what npm complained about; then nothing is raised
 */
export async function upgrade(
  world: World,
  dryRun: boolean,
  check: () => Promise<BrokenStep[]>,
): Promise<void> {
  const outdated = findOutdated(world);
  for (const line of tableOf(outdated)) say(world, line);
  const wanted = outdated.filter(({ isPinned }) => !isPinned);
  if (dryRun || wanted.length === 0) return;
  await withLock(world, () => {
    keepPackages(world);
    say(world, `\npackage.json and package-lock.json are kept: ${UNDO} brings them back`);
    install(world, wanted);
    keepResult(world);
  });
  const broken = await check();
  if (broken.length > 0)
    throw new CourseError(
      `${broken.length === 1 ? "step" : "steps"} ${broken.map(({ step }) => step).join(", ")} ${broken.length === 1 ? "breaks" : "break"} with the new packages: mend ${broken.length === 1 ? "it" : "them"}, or go back with ${UNDO}`,
    );
  say(world, `\nAll steps keep their promises: run npm test for the rest, ${UNDO} goes back`);
}

/** Goes back to the packages from before the last upgrade. */
export async function undo(world: World): Promise<void> {
  await withLock(world, () => {
    if (!hasKept(world))
      throw new CourseError(
        "there is no upgrade to undo here: git checkout -- package.json package-lock.json && npm install brings the committed packages back",
      );
    for (const path of bringBack(world))
      say(world, `You have changed it since the upgrade: your version is kept as ${path}`);
    const failed = installAll(world).find(({ code }) => code !== 0);
    if (failed !== undefined)
      throw new CourseError(
        `package.json and package-lock.json are as before, but npm install failed (${complaintOf(failed)}): run npm install again`,
      );
    forgetKept(world);
    say(world, "The packages are as before the upgrade.");
  });
}

/** Raises packages, those of each package.json at a time. */
function install(world: World, wanted: readonly Outdated[]): void {
  for (const folder of new Set(wanted.map((each) => each.folder))) {
    const asked = wanted.filter((each) => each.folder === folder);
    const into = asked[0]?.into ?? "";
    const specs = asked.map(
      ({ name, latest, wanted }) => `${name}@${wanted.startsWith("~") ? "~" : "^"}${latest}`,
    );
    const where = folder === into ? [] : ["--workspace", folder];
    const result = npm(world, ["install", ...where, ...specs], into);
    if (result.code === 0) continue;
    bringBack(world);
    const isBack = installAll(world).every(({ code }) => code === 0);
    if (isBack) forgetKept(world);
    throw new CourseError(
      `npm install failed (${complaintOf(result)}): ${isBack ? "all packages are as before" : `package.json is as before, run npm install`}; npm install ${specs.join(" ")} shows the whole of it`,
    );
  }
}

/** Installs what is asked for, at the root and in the courses whose packages are there. */
function installAll(world: World): Answer[] {
  return installations(world.root)
    .filter(({ folder }) => folder === "" || existsSync(join(world.root, folder, "node_modules")))
    .map(({ folder }) => npm(world, ["install"], folder));
}
