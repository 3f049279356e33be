import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readCourse } from "../shared/course/course.ts";
import { HELD_FILE } from "../shared/course/digest.ts";

/** npm run site: installs the site's packages where they are missing, then builds the pages. */

const SITE = import.meta.dirname;
const ROOT = resolve(SITE, "..");

const HELP = `npm run site -- [--course FOLDER] [--out FOLDER]

  --course FOLDER  one course alone, such as counter (or COURSE=FOLDER; default: all)
  --out FOLDER     where the pages go (default: site/dist)`;

function main(): number {
  let options: { course?: string; out?: string; help?: boolean };
  try {
    options = parseArgs({
      options: {
        course: { type: "string" },
        out: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message.split(". ")[0] : error}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  if (!existsSync(join(ROOT, "node_modules"))) {
    console.error("the course's own packages are not there yet: run npm install first");
    return 1;
  }
  const typed = (options.course ?? process.env.COURSE) || undefined;
  let course: string | undefined;
  try {
    course = typed && readCourse({ root: ROOT, env: process.env }, typed).folder;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
  const out = resolve(options.out ?? join(SITE, "dist"));
  if (!mayReplace(out)) {
    console.error(`'${options.out}' holds other files: name a new or an empty folder for --out`);
    return 2;
  }
  return install() || build(course, out);
}

/** Installs the site's packages unless they are those of its lock file. */
function install(): number {
  const lock = join(SITE, "package-lock.json");
  const installed = statSync(join(SITE, "node_modules", ".package-lock.json"), {
    throwIfNoEntry: false,
  });
  if (installed !== undefined && installed.mtimeMs >= statSync(lock).mtimeMs) return 0;
  console.log("Installing the site's packages …");
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm ? [process.execPath, npm] : ["npm"];
  return run(command ?? "npm", [...first, "ci"], {});
}

/** One of these is in each site that was built: the second in those of earlier versions. */
const HELD = [HELD_FILE, join("data", "course.js")];

/** Nothing is replaced but a site that was built before. */
function mayReplace(out: string): boolean {
  if (!existsSync(out)) return true;
  if (!statSync(out).isDirectory()) return false;
  return readdirSync(out).length === 0 || HELD.some((file) => existsSync(join(out, file)));
}

/** Builds beside the old pages, so that a build that fails leaves them as they are. */
function build(course: string | undefined, out: string): number {
  const astro = join(SITE, "node_modules", "astro");
  const bin = JSON.parse(readFileSync(join(astro, "package.json"), "utf8")).bin.astro;
  // Two builds at once would meet in one folder, if Astro chose it.
  const folder = join(SITE, "node_modules", ".builds", String(process.pid));
  const start = performance.now();
  try {
    const status = run(process.execPath, [join(astro, bin), "build"], {
      COURSE: course ?? "",
      SITE_OUT: join(folder, "dist"),
      SITE_CACHE: join(folder, "cache"),
      ASTRO_TELEMETRY_DISABLED: "1",
    });
    if (status !== 0) return status;
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    cpSync(join(folder, "dist"), out, { recursive: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const place = relative(process.cwd(), out) || out;
  console.log(`\nThe site is in ${place}, built in ${seconds} s: publish the folder anywhere.`);
  return 0;
}

function run(command: string, args: string[], env: Record<string, string>): number {
  return (
    spawnSync(command, args, { cwd: SITE, stdio: "inherit", env: { ...process.env, ...env } })
      .status ?? 1
  );
}

process.exitCode = main();
