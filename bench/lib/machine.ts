import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";
import { join } from "node:path";

/** What the figures depend on. */
export type Machine = {
  processor: string;
  cores: number;
  /** In GB. */
  memory: number;
  system: string;
  /** Of Node, and of the packages that do the work. */
  versions: Record<string, string>;
  /** How many processes wanted a core in the last minute, before anything was measured. */
  load: number;
  date: string;
};

const PACKAGES = ["express", "better-sqlite3", "socket.io", "ejs", "tsx", "autocannon", "ws"];

/** The facts of this machine; no names of it or of its users. */
export const machineFacts = (root: string): Machine => ({
  processor: cpus()[0]?.model.trim() || "unknown processor",
  cores: availableParallelism(),
  memory: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release()}`,
  versions: {
    node: process.versions.node,
    ...Object.fromEntries(PACKAGES.map((name) => [name, versionOf(root, name)])),
  },
  load: loadavg()[0] ?? 0,
  date: new Date().toISOString(),
});

const versionOf = (root: string, name: string): string =>
  JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;
