import { posix, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_COURSE, isCourse, readCourse } from "../course/course.ts";
import { ExitCode, explain, UsageError } from "../course/errors.ts";
import { adoptedDir, authorDir } from "../course/state.ts";
import { addressOf, portOf } from "../running/server.ts";
import { askDirectly, endWithNpm, worldOfProcess } from "../version/process.ts";
import { builtSite } from "./built-site.ts";
import { openWorkbench } from "./server.ts";

const USAGE = `Usage: npm run workbench -- [options]

The course's website on your own machine, with buttons that adopt, run and check the steps.

  --port NUMBER      where to open it (4001)
  --app-port NUMBER  where the application listens (PORT, else the course's own port)
  --course FOLDER    another course than that of the adopted step (or set COURSE)
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

/** The course that is asked for, else that of the adopted step while it is there, else the first. */
const courseFolder = (typed: string | undefined): string => {
  const asked = typed ?? (process.env.COURSE || undefined);
  if (asked !== undefined) return asked;
  const adopted = posix.dirname(authorDir(adoptedDir(world) ?? DEFAULT_COURSE));
  return isCourse(root, adopted) ? adopted : DEFAULT_COURSE;
};

const main = async (): Promise<void> => {
  const values = options();
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const port = portOf(values.port ?? String(PORT), "--port", PORT + 1);
  const course = readCourse(world, courseFolder(values.course));
  // The pages are asked for on this machine alone, so HOST does not count.
  const env = { PORT: process.env.PORT };
  const app = addressOf({ ...world, env }, course.folder, values["app-port"]);
  if (port === app.port)
    throw new UsageError(`the workbench and the application cannot share port ${port}`);
  const workbench = await openWorkbench({
    world,
    course,
    site: builtSite(root, course.folder),
    port,
    app,
  });
  process.stdout.write(`The workbench: ${workbench.url}\nCtrl-C ends it.\n`);
  askDirectly();
  await endWithNpm();
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
