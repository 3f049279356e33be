import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * A process and all that come from it, the children of its children too.
 * @returns undefined where the system does not tell
 */
export function processTree(pid: number): ReadonlySet<number> | undefined {
  let pairs: (readonly [pid: number, parent: number])[];
  try {
    pairs = process.platform === "linux" ? onLinux() : fromProgram();
  } catch {
    return undefined;
  }
  const tree = new Set([pid]);
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const [child, parent] of pairs) if (tree.has(parent)) tree.add(child);
  }
  return tree;
}

/**
 * When a process began, in the words of its system: with its number this tells it from each other
 * one, also from one that gets the number later.
 * @returns undefined where the system does not tell, or there is no such process
 */
export function beginningOf(pid: number): string | undefined {
  try {
    if (process.platform === "linux") return statOf(pid)[19];
    return process.platform === "win32"
      ? undefined
      : run("ps", ["-o", "lstart=", "-p", String(pid)]).trim();
  } catch {
    return undefined;
  }
}

/** The parent of a process; undefined where the system does not tell, or there is no such process. */
export function parentOf(pid: number): number | undefined {
  try {
    if (process.platform === "linux") return Number(statOf(pid)[1]);
    return process.platform === "win32"
      ? undefined
      : Number(run("ps", ["-o", "ppid=", "-p", String(pid)]));
  } catch {
    return undefined;
  }
}

/**
 * What Linux tells of a process, from its state on: the second value is its parent, the twentieth
 * when it began, in ticks since the machine started.
 * https://docs.kernel.org/filesystems/proc.html: the name before them, in brackets, may hold anything.
 */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function onLinux(): (readonly [number, number])[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [[Number(name), Number(statOf(Number(name))[1])] as const];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

const WINDOWS =
  'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId)" }';

function fromProgram(): (readonly [number, number])[] {
  const [program, args]: [string, string[]] =
    process.platform === "win32"
      ? ["powershell", ["-NoProfile", "-NonInteractive", "-Command", WINDOWS]]
      : ["ps", ["-A", "-o", "pid=,ppid="]];
  return [...run(program, args).matchAll(/^\s*(\d+)\s+(\d+)\s*$/gm)].map(
    ([, pid, parent]) => [Number(pid), Number(parent)] as const,
  );
}

function run(program: string, args: string[]): string {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}
