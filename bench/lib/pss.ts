import { readFileSync } from "node:fs";

/**
 * The memory that the system holds for a process, in bytes; what it shares with others counts in part.
 * @returns undefined where the system does not tell
 */
export const pssOf = (pid: number): number | undefined => {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const kilobytes = /^Pss:\s+(\d+)/m.exec(rollup)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
};
