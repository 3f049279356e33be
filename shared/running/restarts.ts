import { type FSWatcher, mkdtempSync, rmSync, statSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { workFolder } from "../course/lock.ts";
import { STATE_FILE } from "../course/state.ts";
import type { World } from "../course/world.ts";
import { accepts } from "./own-server.ts";
import type { Address } from "./server.ts";

/** What the process of tsx tells of the app that it runs (killed-app.ts). */
export interface Told {
  /** It has started: its process. */
  readonly app?: number;
  /** tsx is about to start it anew. */
  readonly restarts?: true;
  /** It has ended, and tsx has not ended it. */
  readonly ended?: true;
  /** A signal has told tsx to end. */
  readonly stops?: true;
  /** Why tsx cannot go on. */
  readonly failure?: string;
}

/** How often step.txt and a port that is taken are looked at, in ms. */
const LOOK = 1000;
/** How long a notice of a change may take, in ms. */
const NOTICE = 1500;

/** What to say where a saved file starts nothing. */
export const NO_NOTICES =
  "the file system here tells nobody that a file has changed (WSL on a Windows drive and mounted folders do so): a saved file starts nothing. Stop npm start (Ctrl-C), then: CHOKIDAR_USEPOLLING=1 npm start";

/**
 * Starts the app again where tsx does not: when step.txt was rewritten and tsx was not told, and when
 * the port that somebody else had taken is free.
 * @param restart makes tsx start the app
 * @param onDeaf is called once, if no change of a file is told here
 * @returns what is to hear what tsx tells, and what ends the looking
 */
export function keepStarted(
  world: World,
  address: Address,
  restart: () => void,
  onDeaf: () => void,
): { hear(told: Told): void; stop(): void } {
  const file = join(world.root, STATE_FILE);
  let [started, before] = [stampOf(file), ""];
  let isChecked = false;
  let isTaken = false;
  let isBusy = false;
  const say = (line: string) => world.stderr.write(`version.sh: ${line}\n`);
  const missed = async () => {
    // What is polled is told late, and not never.
    if (!isChecked && !world.env.CHOKIDAR_USEPOLLING && !(await hasNotices(world))) {
      say(NO_NOTICES);
      onDeaf();
    }
    isChecked = true;
    if (stampOf(file) === started) return;
    started = stampOf(file);
    restart();
  };
  const look = async () => {
    const now = stampOf(file);
    // Seen twice: tsx had the time between for it.
    if (now !== started && now === before) await missed();
    before = now;
    if (!isTaken || (await accepts(address))) return;
    isTaken = false;
    restart();
  };
  const ended = async () => {
    // To listen there ourselves would tell more, and take the port from the app.
    isTaken = await accepts(address);
    if (isTaken)
      say(
        `port ${address.port} was taken by another program when the app started: it starts again as soon as the port is free (or stop npm start, and take another: npm start -- --port ${address.port + 1})`,
      );
  };
  const timer = setInterval(async () => {
    if (isBusy) return;
    isBusy = true;
    await look().finally(() => (isBusy = false));
  }, LOOK);
  return {
    hear(told) {
      if (told.app !== undefined || told.restarts) {
        started = stampOf(file);
        isTaken = false;
      }
      if (told.ended) ended();
    },
    stop: () => clearInterval(timer),
  };
}

function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.ino} ${stats.mtimeMs}`;
}

/** Whether the file system tells of changes in this repository: tried, since no name of it says so. */
async function hasNotices(world: World): Promise<boolean> {
  const folder = mkdtempSync(join(workFolder(world), "notices-"));
  let watcher: FSWatcher | undefined;
  try {
    let isTold = false;
    watcher = watch(folder, () => (isTold = true));
    for (const end = Date.now() + NOTICE; !isTold && Date.now() < end; await sleep(50))
      writeFileSync(join(folder, "file"), String(Date.now()));
    return isTold;
  } catch {
    return false;
  } finally {
    watcher?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
