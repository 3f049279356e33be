import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { CourseError } from "../../course/errors.ts";
import type { World } from "../../course/world.ts";

/** What npm answered. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Calls npm in the repository.
 * @param folder the course with packages of its own that is meant, from the root; "" is the root
 * @throws CourseError if there is no npm on this machine
 */
export function npm(world: World, args: readonly string[], folder = ""): Answer {
  const { error, status, stdout, stderr } = spawnSync(
    "npm",
    [...args, "--no-audit", "--no-fund", "--no-update-notifier"],
    {
      cwd: join(world.root, folder),
      env: { ...world.env },
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      // On Windows npm is a .cmd file, which only a shell can run.
      shell: world.platform === "win32",
    },
  );
  if (error !== undefined)
    throw new CourseError("upgrade needs npm, and there is none on the PATH: install Node.js");
  return { code: status ?? 1, stdout, stderr };
}

/** What npm complained about, in one line. */
export function complaintOf({ stderr, stdout }: Answer): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.replace(/^npm (?:error|ERR!) ?/, "").trim())
    .filter((line) => line !== "" && !/^code |^npm warn/.test(line));
  return lines[0] ?? (stdout.trim().split("\n").at(-1) || "it said nothing");
}
