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

/** The command line of a process; undefined where the system does not tell. */
export function commandOf(pid: number): string | undefined {
  try {
    if (process.platform === "linux")
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return process.platform === "win32"
      ? undefined
      : run("ps", ["-o", "command=", "-p", String(pid)]);
  } catch {
    return undefined;
  }
}

/** https://docs.kernel.org/filesystems/proc.html: the name, in brackets, may hold anything. */
function onLinux(): (readonly [number, number])[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const parent = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
        return [[Number(name), Number(parent)] as const];
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
