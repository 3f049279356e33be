import { setTimeout as sleep } from "node:timers/promises";
import { adoptStep, reportCopies, reportDamage } from "../../adopt/adopt.ts";
import { type Course, neighbour, type Step, titleFor } from "../../course/course.ts";
import { CourseError, explain, UsageError } from "../../course/errors.ts";
import { adoptedStep } from "../../course/state.ts";
import { painter } from "../../course/text.ts";
import { say, type World } from "../../course/world.ts";
import { runningVersion } from "../../running/client.ts";
import { ownServer } from "../../running/own-server.ts";
import { ensurePackages } from "../../running/packages.ts";
import { serve } from "../../running/serve.ts";
import { type Address, addressOf, checkFree, urlOf, watchCommand } from "../../running/server.ts";
import { NO_INSTALL, type Verb } from "../verb.ts";

interface Options {
  readonly fill?: boolean;
  readonly port?: string;
  readonly install: boolean;
}

/** `start [NN]`, also `npm start`: runs the adopted step until Ctrl-C. */
export const verb: Verb = {
  summary: "run the adopted step (npm start); it restarts at each change",
  examples: [
    ["npm start", "the adopted step, 00 at first"],
    ["npm start -- 07 --fill", "step 07, with the example data"],
    ["npm start -- --port 5002", "on another port than the course's own"],
  ],
  define(command, context) {
    command
      .argument("[step]", "the step to adopt first")
      .option("--fill", "send the example data once it runs")
      .option("--port <number>", "listen there (default: PORT, else the course's own)")
      .option(...NO_INSTALL)
      .action(async (typed: string | undefined, options: Options) => {
        const { world } = context;
        refuseSwallowed(world, typed);
        const adopted = typed === undefined ? adoptedStep(world) : undefined;
        const { course, step } =
          typed !== undefined ? context.step(typed) : (adopted ?? first(context.course()));
        const address = addressOf(world, course.folder, options.port);
        const tsx = watchCommand(world.root);
        const running = adopted?.running ?? step;
        // Also where its app does not listen: it is about to, or waits for its code to be mended.
        if (ownServer(world, address.port) !== undefined)
          throw new CourseError(
            `port ${address.port} is in use by your own server, which npm start in this folder has started: ./version.sh adopt NN switches it to another step`,
          );
        await checkFree(address);
        const isWhole = await ensurePackages(world, course.folder, options.install);
        if (!isWhole && options.install)
          throw new CourseError(`step ${step.id} of ${course.folder}/ cannot run without them`);
        const changes = await adoptStep(world, course, running);
        if (adopted !== undefined && changes.changed.includes("app.ts"))
          say(world, `app.ts did not lead to ${running.dir}/app.ts: it does again.`);
        reportCopies(world, changes);
        greet(world, course, step, running, address, options.port);
        await reportDamage(world, running);
        const ready = options.fill
          ? (ended: AbortSignal) => fillWhenReady(world, course, step, address, ended)
          : undefined;
        await serve(world, running, tsx, address, ready);
      });
  },
};

/**
 * npm takes options for its own that stand before `--`, and hands them on as settings.
 * @throws UsageError with the command that was meant
 */
function refuseSwallowed({ env }: World, typed: string | undefined): void {
  const { npm_lifecycle_event, npm_config_port, npm_config_fill } = env;
  if (npm_lifecycle_event !== "start" || (npm_config_port ?? npm_config_fill) === undefined) return;
  // `--port 6180`: npm makes a setting of the first word alone.
  const isPort = npm_config_port === "true" && /^\d{3,}$/.test(typed ?? "");
  const port = isPort ? typed : npm_config_port;
  const words = [
    ...(typed === undefined || isPort ? [] : [typed]),
    ...(port === undefined ? [] : ["--port", port === "true" ? "5002" : port]),
    ...(npm_config_fill === undefined ? [] : ["--fill"]),
  ];
  throw new UsageError(
    `npm keeps options for itself that do not stand behind --: npm start -- ${words.join(" ")}`,
  );
}

function first(course: Course): { course: Course; step: Step } {
  const [step] = course.steps;
  if (step === undefined) throw new CourseError(`the course ${course.folder} has no steps`);
  return { course, step };
}

function greet(
  world: World,
  course: Course,
  step: Step,
  running: Step,
  address: Address,
  port: string | undefined,
): void {
  const paint = painter(world);
  const fill = `./version.sh fill${port === undefined ? "" : ` --port ${port}`}`;
  say(world, paint("bold", `Step ${step.id}: ${titleFor(step)}`));
  say(world, `  running   ${paint("cyan", urlOf(address))}`);
  const lesson =
    running === step ? "the lesson is its README.md" : `the lesson: ${step.dir}/README.md`;
  say(world, `  files     ${running.dir}/ (${lesson})`);
  say(world, "  next      in a second terminal:");
  if (neighbour(course, step, 1) !== undefined)
    say(
      world,
      `            ${paint("cyan", "./version.sh next")}   the next step; this server switches by itself`,
    );
  say(world, `            ${paint("cyan", "./version.sh diff")}   what this step changes`);
  say(world, `            ${paint("cyan", fill)}   the example data`);
  say(world, "  stop      Ctrl-C\n");
}

const READY_MS = 30_000;

/** Fills as soon as the step answers. What goes wrong is said, and the server runs on. */
async function fillWhenReady(
  world: World,
  course: Course,
  step: Step,
  address: Address,
  ended: AbortSignal,
): Promise<void> {
  const { fill } = await import("../../running/fill.ts");
  for (const end = Date.now() + READY_MS; ; await sleep(100)) {
    const failure = await runningVersion(world.root, course, address).then(
      () => undefined,
      explain,
    );
    if (failure === undefined) break;
    if (ended.aborted) return;
    if (Date.now() < end) continue;
    world.stderr.write(`version.sh: no example data: ${failure.line}\n`);
    return;
  }
  await fill(world, course, step, address).catch((error) => {
    world.stderr.write(`version.sh: no example data: ${explain(error).line}\n`);
  });
}
