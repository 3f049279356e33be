// The first thing that npm's scripts run, and version.sh where it finds no Node of the course's: on
// whatever Node the machine has, what is missing gets one line with its cure, and no trace. Plain
// JavaScript, because an older Node reads nothing else.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const isThere = (...names) => existsSync(join(root, "node_modules", ...names));

/** What is missing, and the command that works. */
function problem() {
  if (!isThere()) return `nothing is installed yet: run npm install in ${root} first`;
  if (!isThere("node", "package.json"))
    return `npm install did not finish (the course's own Node is missing): run npm install in ${root} again`;
  if (!isThere("node", "bin", "node") && !isThere("node", "bin", "node.exe"))
    return `the course's own Node has not been unpacked, because ${skipped()}: run npm rebuild --ignore-scripts=false node esbuild in ${root}`;
  // npm puts node_modules/.bin first on the PATH, whose parts are separated by colons.
  if (process.platform !== "win32" && root.includes(":"))
    return `there is a colon in ${root}, so npm cannot find the course's own Node: give the folder another name, then run npm install again`;
  return undefined;
}

function skipped() {
  const { stdout } = spawnSync("npm", ["config", "get", "ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  return stdout?.trim() === "true"
    ? "npm is set to skip the scripts of packages (ignore-scripts)"
    : "npm install was interrupted, or ran with --ignore-scripts";
}

const found = problem();
if (found !== undefined) {
  console.error(`version.sh: ${found}`);
  process.exitCode = 1;
} else if (process.argv.length > 2) await import("./main.ts");
