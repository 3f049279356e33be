import { dirname } from "node:path";

/** What the command tells the shell: 0 done, 1 could not be done, 2 was asked for wrongly. */
export const ExitCode = { Success: 0, Failure: 1, Usage: 2 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** A failure that the learner can do something about: one line that names the input and the cure. */
export class CourseError extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = ExitCode.Failure) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The command was typed wrongly (unknown verb, step or option): exit code 2. */
export class UsageError extends CourseError {
  constructor(message: string) {
    super(message, ExitCode.Usage);
  }
}

/** The `code` of a system error such as `ENOENT`, or undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** What Linux limits, by the code of the error: https://man7.org/linux/man-pages/man7/inotify.7.html. */
const WATCH_LIMITS: Readonly<Record<string, string>> = {
  ENOSPC: "fs.inotify.max_user_watches=524288",
  EMFILE: "fs.inotify.max_user_instances=1024",
};

/** The line where no further file can be watched; undefined for another error. */
export function watchLimit(error: unknown): string | undefined {
  const limit = WATCH_LIMITS[codeOf(error) ?? ""];
  const isWatch = error instanceof Error && "syscall" in error && error.syscall === "watch";
  if (limit === undefined || !isWatch) return undefined;
  return `no further file can be watched (${codeOf(error)}), since editors and other programs watch as many as the system allows: close some, or allow more with sudo sysctl ${limit}`;
}

/**
 * One line for an error that no verb foresaw: what the system refused, and what usually helps.
 * @returns the line, and the exit code that goes with it
 */
export function explain(error: unknown): { line: string; exitCode: ExitCode } {
  if (error instanceof CourseError) return { line: error.message, exitCode: error.exitCode };
  const message = error instanceof Error ? error.message : String(error);
  const path =
    error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : "";
  const failure = (line: string) => ({ line, exitCode: ExitCode.Failure });
  const limit = watchLimit(error);
  if (limit !== undefined) return failure(limit);
  const isTemporary = error instanceof Error && "syscall" in error && error.syscall === "mkdtemp";
  if (isTemporary && !["ENOSPC", "EDQUOT"].includes(codeOf(error) ?? ""))
    return failure(
      `there is no folder for temporary files that can be written (${codeOf(error)}: ${dirname(path)}): set TMPDIR (on Windows TEMP) to one that can, or unset it`,
    );
  switch (codeOf(error)) {
    case "ERR_MODULE_NOT_FOUND":
      return failure(`a package is missing (${message.split("'")[1]}): run npm install first`);
    case "EACCES":
    case "EROFS":
    case "EPERM":
      return failure(
        `cannot write ${path || "here"}: it is read-only for you. Make its folder writable, or work in a clone of your own`,
      );
    case "ENOSPC":
    case "EDQUOT":
      return failure(
        `cannot write ${path || "here"}: the disk is full. Free some space and try again`,
      );
    default:
      return failure(`${message.split("\n", 1)[0]} (DEBUG=1 shows where)`);
  }
}
