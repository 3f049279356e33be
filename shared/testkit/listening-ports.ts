import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * The TCP ports that a process listens on, as its system tells it. Slow on some systems, so it is
 * asked only where something is wrong.
 * @returns nothing where the system does not tell
 */
export const listeningPorts = (pid: number): number[] => {
  try {
    if (process.platform === "linux") return onLinux(pid);
    if (process.platform === "win32") return onWindows(pid);
    const args = ["-nP", "-a", "-p", String(pid), "-iTCP", "-sTCP:LISTEN", "-Fn"];
    const text = execFileSync("lsof", args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return [...text.matchAll(/^n.*:(\d+)$/gm)].map(([, port]) => Number(port));
  } catch {
    return [];
  }
};

const LISTEN = "0A";

/** https://docs.kernel.org/networking/proc_net_tcp.html */
const onLinux = (pid: number): number[] => {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return "";
    }
  });
  const inodes = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]));
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter((cells) => cells[3] === LISTEN && inodes.has(cells[9]))
      .map((cells) => Number.parseInt(cells[1]?.split(":")[1] ?? "", 16)),
  );
};

const onWindows = (pid: number): number[] => {
  const text = execFileSync("netstat", ["-ano", "-p", "TCP"], { encoding: "utf8" });
  return text
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells[4] === String(pid) && cells[2]?.endsWith(":0"))
    .map((cells) => Number(cells[1]?.split(":").at(-1)));
};
