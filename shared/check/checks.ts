import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { BrokenServer } from "../testkit/broken-server.ts";
import { findBrowser } from "../testkit/browser-program.ts";
import { copyApp, removeCopy } from "../testkit/copy-app.ts";
import { lendPage, newPage } from "../testkit/lend-page.ts";
import { fitPatience, resetPatience, Waits } from "../testkit/patience.ts";
import { settingsOf } from "../testkit/settings.ts";
import type { Target } from "../testkit/target.ts";
import { loadCheck, opensPages } from "./load.ts";
import { AppPool } from "./pool.ts";
import { type Group, type Report, reportOf } from "./report.ts";
import { type Ran, runSuite } from "./run-suite.ts";
import type { Suite } from "./suite.ts";

/** What to check. */
export type Checks = {
  /** Absolute path of the course's folder. */
  course: string;
  /** The course's steps, in order. */
  steps: string[];
  /** The step whose promises are checked, and those of all before it: `07b`. */
  step: string;
  /** Only the checks of these steps; all up to `step` if left out. */
  only?: string[];
  /** Absolute path of the folder with the app; only copies of it are started. */
  app: string;
  /** Whether the first promise missed ends the check, without the second look that a miss gets otherwise. */
  firstMiss?: boolean;
  /** Called with the groups of the steps in their order, each as soon as all before it are done. */
  onGroup?: (group: Group) => void;
};

/**
 * Checks an app. Each check has a running copy of it to itself, with an empty database; the
 * learner's folder is read once, at the beginning: what is saved meanwhile is for the next check.
 * @returns what was found out; it throws only for what is no fault of the app
 */
export const runChecks = async (checks: Checks): Promise<Report> => {
  const start = performance.now();
  let snapshot: { folder: string; top: string };
  try {
    snapshot = copyApp(checks.app, { course: checks.course });
  } catch (error) {
    if (error instanceof BrokenServer) return reportOf([], error, performance.now() - start);
    throw error;
  }
  try {
    return await runOn({ ...checks, app: snapshot.folder }, start);
  } finally {
    removeCopy(snapshot.top);
  }
};

const runOn = async (checks: Checks, start: number): Promise<Report> => {
  const { course, steps, step, only, app, firstMiss = false } = checks;
  const upTo = steps.slice(0, steps.indexOf(step) + 1);
  const wanted = upTo.filter((id) => only === undefined || only.includes(id));
  const folderOf = (id: string) => join(course, id);
  const target: Target = { folder: app, course, step, steps };
  const pool = new AppPool(app, course, settingsOf(course, step));
  let broken: BrokenServer | undefined;
  const note = (error: unknown) => {
    if (!(error instanceof BrokenServer)) throw error;
    broken ??= error;
  };

  // The first app starts while the checks are loaded. If it does not start, no other one will.
  resetPatience();
  const warm = pool.warmUp().then(fitPatience, note);
  if (wanted.some((id) => opensPages(folderOf(id))) && findBrowser()) warmUpBrowser();
  const suites = new Map<string, Suite>();
  try {
    for (const id of wanted) suites.set(id, await loadCheck(folderOf(id), target));
  } finally {
    await warm;
    if (suites.size < wanted.length) await pool.close().catch(note);
  }

  const groups = inOrder(wanted, checks.onGroup);
  const run = async (id: string, suite: Suite): Promise<Ran> => {
    const lender = pool.lender();
    const waits = new Waits();
    let isUsed = false;
    const openPage = async (turn: number) => {
      const lent = await lendPage(turn);
      isUsed ||= lent.isUsed;
      return lent;
    };
    // An app may keep more in its memory than we could empty, and a page find cookies that
    // another one left: only new ones are proof.
    const isFirstLook = () => !firstMiss && (isUsed || lender.isUsed);
    const used = { ...target, lend: lender.lend, openPage };
    const ran = await runSuite(suite, used, { waits, app: lender, firstMiss, isFirstLook });
    const isMissed = ran.outcomes.some(({ state }) => state === "missed");
    if (!isMissed || !isFirstLook() || waits.isOver) return ran;
    const again = await loadCheck(folderOf(id), target);
    const fresh = pool.lender(true);
    const onNewOnes = { ...target, lend: fresh.lend, openPage: newPage };
    return await runSuite(again, onNewOnes, { waits, app: fresh });
  };
  // The last steps take longest: pages, and connections that are lost and found again. Somebody who
  // looks on sees the first ones meanwhile.
  const queue = broken === undefined ? [...wanted] : [];
  const worker = async (next: () => string | undefined) => {
    for (let id = next(); id !== undefined; id = next()) {
      const suite = suites.get(id);
      if (suite === undefined) continue;
      const ran = await run(id, suite);
      if (ran.broken !== undefined) broken ??= ran.broken;
      groups.add({ step: id, outcomes: ran.outcomes });
      if (firstMiss && ran.outcomes.some(({ state }) => state === "missed")) queue.length = 0;
    }
  };
  // Two side by side: while one waits for a page, the other works. More only compete.
  await Promise.all([worker(() => queue.shift()), worker(() => queue.pop())]);
  await pool.close().catch(note);
  return reportOf(groups.all(), broken, performance.now() - start);
};

/** Opens a first page while the checks are loaded; what may be wrong there is told by the first check. */
const warmUpBrowser = () => {
  lendPage()
    .then(({ giveBack }) => giveBack())
    .catch(() => {});
};

/** Collects groups that are done in any order, and hands them on in the order of the course. */
const inOrder = (wanted: readonly string[], onGroup: (group: Group) => void = () => {}) => {
  const done = new Map<string, Group>();
  let next = 0;
  return {
    add: (group: Group) => {
      done.set(group.step, group);
      for (; next < wanted.length; next++) {
        const ready = done.get(wanted[next] ?? "");
        if (ready === undefined) break;
        onGroup(ready);
      }
    },
    all: () => wanted.flatMap((id) => done.get(id) ?? []),
  };
};
