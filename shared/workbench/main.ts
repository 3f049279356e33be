import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_COURSE, readCourse } from "../course/course.ts";
import { CourseError, ExitCode, explain, UsageError } from "../course/errors.ts";
import { addressOf } from "../running/server.ts";
import { endWithNpm, worldOfProcess } from "../version/process.ts";
import { openWorkbench } from "./server.ts";

const USAGE = `Usage: npm run workbench -- [options]

The course's website on your own machine, with buttons that adopt, run and check the steps.

  --port NUMBER      where to open it (4001)
  --app-port NUMBER  where the application listens (PORT, else 5001)
  --course FOLDER    another course than steps/ (or set COURSE)
  --help             this help
`;
const PORT = 4001;

const root = resolve(import.meta.dirname, "../..");
const world = worldOfProcess(root);

const options = () => {
  try {
    return parseArgs({
      options: {
        port: { type: "string" },
        "app-port": { type: "string" },
        course: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    const [message] = (error as Error).message.split(". ", 1);
    throw new UsageError(`${message} (npm run workbench -- --help shows all)`);
  }
};

/** When the newest file of a folder was changed, in ms since 1970; what is not shown does not count. */
const newest = (folder: string): number =>
  Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => name !== "instance" && name !== "node_modules")
      .map((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
      }),
  );

/** Builds the website where it is missing or older than the course. */
const builtSite = (course: string): string => {
  const site = join(root, "site/dist");
  const page = statSync(join(site, "index.html"), { throwIfNoEntry: false });
  if (page !== undefined && page.mtimeMs >= newest(join(root, course))) return site;
  process.stdout.write("The website is made first; that takes a minute the first time.\n");
  const { status } = spawnSync("npm", ["run", "site"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, COURSE: course },
    shell: process.platform === "win32",
  });
  if (status === 0) return site;
  if (!existsSync(join(site, "index.html")))
    throw new CourseError("the website could not be made: npm run site tells more");
  process.stderr.write("workbench: the pages are those made before: npm run site tells more\n");
  return site;
};

const main = async (): Promise<void> => {
  const values = options();
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const { port } = addressOf({ ...world, env: {} }, values.port ?? String(PORT));
  const app = addressOf({ ...world, env: { PORT: process.env.PORT } }, values["app-port"]);
  if (port === app.port)
    throw new UsageError(`the workbench and the application cannot share port ${port}`);
  const course = readCourse(world, values.course ?? process.env.COURSE ?? DEFAULT_COURSE);
  const workbench = await openWorkbench({
    world,
    course,
    site: builtSite(course.folder),
    port,
    app,
  });
  process.stdout.write(`The workbench: ${workbench.url}\nCtrl-C ends it.\n`);
  endWithNpm();
  let isClosing = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, async () => {
      if (isClosing) return;
      isClosing = true;
      await workbench.close();
      process.exit(ExitCode.Success);
    });
};

await main().catch((error) => {
  const { line, exitCode } = explain(error);
  process.stderr.write(`workbench: ${line}\n`);
  process.exitCode = exitCode;
});
