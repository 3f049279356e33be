import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * The processes that listen on a TCP port, as far as the system shows them to us.
 * @param among look at these alone, where that saves time
 * @returns undefined where the system does not tell; -1 stands for a process of somebody else's
 */
export function listenersOn(port: number, among?: ReadonlySet<number>): number[] | undefined {
  try {
    if (process.platform === "linux") return onLinux(port, among);
    return process.platform === "win32" ? onWindows(port) : withLsof(port);
  } catch {
    return undefined;
  }
}

const LISTEN = "0A";

/** https://docs.kernel.org/networking/proc_net_tcp.html */
function onLinux(port: number, among: ReadonlySet<number> | undefined): number[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const sockets = ["tcp", "tcp6"].flatMap((table) => {
    const file = `/proc/net/${table}`;
    return readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter((cells) => cells[3] === LISTEN && cells[1]?.endsWith(wanted))
      .map((cells) => `socket:[${cells[9]}]`);
  });
  if (sockets.length === 0) return [];
  const pids = among ?? readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const found = [...pids].map(Number).filter((pid) => opens(pid, sockets));
  return found.length > 0 ? found : [-1];
}

function opens(pid: number, sockets: readonly string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return sockets.includes(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        return false;
      }
    });
  } catch {
    // It has ended, or belongs to somebody else.
    return false;
  }
}

function withLsof(port: number): number[] {
  try {
    const args = ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-t"];
    return run("lsof", args).split("\n").filter(Boolean).map(Number);
  } catch (error) {
    // That is how it says that it sees none.
    if (error instanceof Error && "status" in error && error.status === 1) return [];
    throw error;
  }
}

function onWindows(port: number): number[] {
  return run("netstat", ["-ano", "-p", "TCP"])
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells[1]?.endsWith(`:${port}`) && cells[2]?.endsWith(":0"))
    .map((cells) => Number(cells[4]));
}

function run(program: string, args: string[]): string {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}
