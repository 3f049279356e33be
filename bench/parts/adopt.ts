import { basename, join } from "node:path";
import { aboutCourse } from "../../shared/course/about.ts";
import { DEFAULT_COURSE, readCourse } from "../../shared/course/course.ts";
import { atEnd } from "../../shared/docs/at-end.ts";
import { copyRepository, remove } from "../../shared/docs/copy.ts";
import { freePort } from "../../shared/testkit/free-port.ts";
import { endGroup, spawnGroup } from "../../shared/testkit/process-group.ts";
import { timeCommand, untilAnswered } from "../lib/answers.ts";
import { type Figure, figureOf } from "../lib/figure.ts";
import type { Part, Settings } from "../lib/part.ts";

/** In ms. */
const COMMAND_LIMIT = 30_000;

const ROOT = join(import.meta.dirname, "../..");
const VERSION = aboutCourse(ROOT, DEFAULT_COURSE).version;

/** Waits until a step answers there, and not another one. Before the version route there is only `/` to tell. */
const untilItIs = (step: string, port: string): Promise<void> =>
  step < VERSION.from
    ? untilAnswered(`http://127.0.0.1:${port}/`, (text) => text.includes(`(version ${step})`))
    : untilAnswered(
        `http://127.0.0.1:${port}/api/version`,
        (text) => text === JSON.stringify({ version: step }),
      );

/** One switch, and beside it the starts by hand; ms from the command to the first right answer. */
type Switch = { step: string; way: "up" | "down"; adopt: number; tsx: number; node: number };

/** Starts the app of a step by hand, and ends it. */
const startByHand = async (folder: string, before: readonly string[]): Promise<number> => {
  const port = String(await freePort());
  const start = performance.now();
  const child = spawnGroup([...before, join(folder, "app.ts")], {
    env: { ...process.env, PORT: port, HOST: "127.0.0.1" },
    stdio: "ignore",
  });
  try {
    await untilItIs(basename(folder), port);
    return performance.now() - start;
  } finally {
    await endGroup(child);
  }
};

/** Walks through all steps and back, with one running server. */
const walk = async (copy: string, port: string, ids: readonly string[]): Promise<Switch[]> => {
  const tsx = join(copy, "node_modules/tsx/dist/cli.mjs");
  const env = { ...process.env, PORT: port, HOST: "127.0.0.1" };
  const switches: Switch[] = [];
  const up = ids.slice(1).map((step) => ({ step, way: "up" as const }));
  const down = ids
    .toReversed()
    .slice(1)
    .map((step) => ({ step, way: "down" as const }));
  for (const { step, way } of [...up, ...down]) {
    const options = { cwd: copy, env, limit: COMMAND_LIMIT };
    const start = performance.now();
    const answered = untilItIs(step, port).then(() => performance.now() - start);
    const ended = timeCommand(join(copy, "version.sh"), ["adopt", step], options);
    const [adopt] = await Promise.all([answered, ended]);
    const folder = join(copy, "steps", step);
    switches.push({
      step,
      way,
      adopt,
      tsx: await startByHand(folder, [tsx]),
      node: await startByHand(folder, []),
    });
  }
  return switches;
};

const run = async ({ root, quick, say }: Settings): Promise<Figure[]> => {
  const copy = copyRepository(root);
  const forget = atEnd(() => remove(copy));
  const port = String(await freePort());
  const ids = readCourse({ root: copy }, DEFAULT_COURSE).steps.map(({ id }) => id);
  const server = spawnGroup([join(copy, "shared/version/main.ts"), "start", ids[0] ?? ""], {
    cwd: copy,
    env: { ...process.env, PORT: port, HOST: "127.0.0.1" },
    stdio: "ignore",
  });
  const switches: Switch[] = [];
  try {
    await untilItIs(ids[0] ?? "", port);
    for (let round = 1; round <= (quick ? 1 : 3); round++) {
      say(`adopt: all steps and back, round ${round}`);
      switches.push(...(await walk(copy, port, ids)));
    }
  } finally {
    await endGroup(server);
    forget();
    remove(copy);
  }
  const figure = (what: string, found: readonly Switch[]): Figure => {
    const by = (name: string, pick: (it: Switch) => number) => [name, found.map(pick)] as const;
    const results = new Map([
      by("adopt", (it) => it.adopt),
      by("tsx by hand", (it) => it.tsx),
      by("node by hand", (it) => it.node),
    ]);
    return figureOf("adopt", what, "ms", results, (time) => time);
  };
  const ofWay = (way: Switch["way"]) => switches.filter((it) => it.way === way);
  return [
    figure("all steps, upwards", ofWay("up")),
    figure("all steps, downwards", ofWay("down")),
    ...ids.map((id) =>
      figure(
        `step ${id}`,
        switches.filter(({ step }) => step === id),
      ),
    ),
  ];
};

/** From `adopt NN` to the first right answer of the running server, all steps, up and down. */
export const part: Part = { summary: "from adopt NN to the first answer of each step", run };
