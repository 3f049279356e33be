/*
 * The first thing that npm's scripts run, and version.sh where it finds no Node of the course's: on
 * whatever Node the machine has, what is missing gets one line with its cure, and no trace. An older
 * Node reads plain JavaScript alone, and a folder with a backslash in its name no module.
 *
 *     node preflight.cjs [--tests] [--pages] [--site] [FILE ARGUMENT…]
 *
 * Then it runs FILE, a path from the root. The options say what else is needed: for tests, to make
 * pages, and the packages of the website.
 */
const { spawnSync } = require("node:child_process");
const { accessSync, constants, existsSync } = require("node:fs");
const { join, resolve } = require("node:path");
const { pathToFileURL } = require("node:url");

const root = resolve(__dirname, "../..");
const isThere = (...names) => existsSync(join(root, "node_modules", ...names));
const may = (access, ...names) => {
  try {
    accessSync(join(root, ...names), access);
    return true;
  } catch {
    return false;
  }
};

/** Signs in a folder's name that these tools take for signs of their own (version.sh has the first, too). */
const ODD = [
  // Node and tsx; npm's PATH, whose parts are separated by colons.
  ["", /[\\?*:]/],
  // Vite, and so vitest.
  ["--tests", /[#%]/],
  // Astro, which writes the name into code.
  ["--pages", /[#%"']/],
];

/** What is missing, and the command that works. */
function problem(needs) {
  for (const [need, signs] of process.platform === "win32" ? ODD.slice(1) : ODD) {
    const sign = (need === "" || needs.includes(need)) && root.match(signs)?.[0];
    if (sign)
      return `there is a ${sign} in the name of ${root}, which tools of the course take for a sign of their own: give the folder another name, then try again`;
  }
  if (!isThere()) return `nothing is installed yet: run npm install in ${root} first`;
  const unfinished = `npm install did not finish (the course's own Node is missing): run npm install in ${root} again`;
  if (!isThere("node", "package.json")) return unfinished;
  if (!isThere("node", "bin", "node") && !isThere("node", "bin", "node.exe"))
    return `the course's own Node has not been unpacked, because ${skipped()}: run npm rebuild --ignore-scripts=false node esbuild in ${root}`;
  if (!may(constants.X_OK, "node_modules/node/bin/node") && process.platform !== "win32")
    return `the course's own Node may not be run in ${root} (a copied folder has lost that right, or its disk allows no programs: noexec): run npm ci there, or move the folder to another disk`;
  // npm makes these links last.
  if (!isThere(".bin", "node")) return unfinished;
  if (needs.length > 0 && !(may(constants.W_OK) && may(constants.W_OK, "node_modules")))
    return `cannot write in ${root}, which belongs to somebody else or is read-only: work in a clone of your own`;
  if (needs.includes("--tests") && !isThere("typescript", "package.json"))
    return `the packages for authors are not installed (NODE_ENV=production and --omit=dev leave them out): run npm install --include=dev in ${root}`;
  if (needs.includes("--site") && !existsSync(join(root, "site/node_modules/.package-lock.json")))
    return `the packages of the website are not installed yet: run npm --prefix site ci in ${root} first`;
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

/** After a git pull that brought a new package, or an install that did not finish. */
function missingPackage(error) {
  const name = /^Cannot find package '([^']+)'/.exec(error.message)?.[1];
  if (error.code !== "ERR_MODULE_NOT_FOUND" || name === undefined) throw error;
  return `a package is missing (${name}): run npm install in ${root} first`;
}

function complain(line) {
  process.stderr.write(`version.sh: ${line}\n`);
  process.exitCode = 1;
}

const given = process.argv.slice(2);
const first = given.findIndex((each) => !each.startsWith("--"));
const [needs, file] = first < 0 ? [given, undefined] : [given.slice(0, first), given[first]];
const found = problem(needs);
if (found !== undefined) complain(found);
else if (file !== undefined) {
  process.argv.splice(1, needs.length + 2, join(root, file));
  import(pathToFileURL(join(root, file)).href).catch((error) => complain(missingPackage(error)));
}
