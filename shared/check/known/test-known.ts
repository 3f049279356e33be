import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Course, DEFAULT_COURSE } from "../../course/course.ts";
import { findBrowser, NO_BROWSER } from "../../testkit/browser-program.ts";
import { LONG } from "../../testkit/projects.ts";
import { type Checker, openChecker } from "../checker.ts";
import type { Report } from "../index.ts";
import { makeKnown } from "./copy.ts";
import type { Known, Tables, Wrong } from "./table.ts";

/** Processes that check: while one waits for an app in vain, others have the processor. */
const CHECKERS = 3;
/** Where not all are taken: every sixth of a step, and so at least its first one. */
const SHARE = 6;
/** A table with fewer for each step than this is taken whole. */
const FEW = 2;
/** In ms. A wrong app makes the check wait in vain; a right one gets the patience that a learner's gets. */
const PATIENCE = { right: undefined, wrong: 4000, hidden: 20_000 } as const;
/**
 * KNOWN=02b takes all apps of that step of the chat, KNOWN=counter/02b those of that course's, and
 * no other; KNOWN=all takes all there are.
 */
const { KNOWN } = process.env;

/**
 * Declares the tests of a course's known apps: its checks have to refuse the wrong ones, naming
 * their fault, and to accept the right ones.
 * @param root absolute path of the repository that the course is in
 */
export const testKnown = (root: string, course: Course, { rightApps, wrongApps }: Tables): void => {
  const name = course.folder === DEFAULT_COURSE ? "" : `${course.folder.split("/").at(-1)}/`;
  const steps = course.steps.map(({ id }) => id);
  const path = join(root, course.folder);
  const top = mkdtempSync(join(tmpdir(), "known-"));
  const chosen = <T extends Known>(apps: readonly T[]): T[] =>
    KNOWN || apps.length < FEW * steps.length
      ? apps.filter(({ step }) => !KNOWN || KNOWN === "all" || name + step === KNOWN)
      : steps.flatMap((step) =>
          apps.filter((it) => it.step === step).filter((_, index) => index % SHARE === 0),
        );
  const wrong = chosen(wrongApps);
  const right = chosen(rightApps);

  const rates = { wrong: [0, 0], right: [0, 0] };
  const count = (kind: keyof typeof rates, good: boolean) => {
    rates[kind][0] = (rates[kind][0] ?? 0) + Number(good);
    rates[kind][1] = (rates[kind][1] ?? 0) + 1;
  };

  const reports = new Map<Known, Promise<Report>>();
  const checkers: Checker[] = [];
  let patient: Checker | undefined;
  let made = 0;

  const check = async (checker: Checker, known: Known | Wrong): Promise<Report> => {
    const folder = join(top, String(++made), known.step);
    mkdirSync(folder, { recursive: true });
    makeKnown(path, known, folder);
    const only = ["check" in known ? known.check : known.step];
    const firstMiss = "expected" in known;
    return await checker.check({
      course: path,
      steps,
      step: known.step,
      app: folder,
      only,
      firstMiss,
    });
  };

  /** On a busy machine what a wrong app does right may come too late, and hide its fault: it gets more time. */
  const checkPatiently = async (known: Wrong): Promise<Report> => {
    patient ??= openChecker({ patience: PATIENCE.hidden });
    return await check(patient, known);
  };

  /** Checks apps with several checkers: each takes the next one as soon as it is free. */
  const checkAll = (kind: keyof typeof rates, apps: readonly Known[]) => {
    const waiting = apps.map((known) => {
      const { promise, resolve, reject } = Promise.withResolvers<Report>();
      promise.catch(() => {}); // Told by the test of this app.
      reports.set(known, promise);
      return { known, resolve, reject };
    });
    return Array.from({ length: CHECKERS }, async () => {
      const checker = openChecker({ patience: PATIENCE[kind] });
      checkers.push(checker);
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        await check(checker, next.known).then(next.resolve, next.reject);
      }
      await checker.close();
    });
  };

  beforeAll(() => {
    checkAll("wrong", wrong);
    checkAll("right", right);
  });
  afterAll(async () => {
    await Promise.all([...checkers, patient].map((checker) => checker?.close()));
    rmSync(top, { recursive: true, force: true });
    const told = (kind: keyof typeof rates) => rates[kind].join(" of ");
    const isPart = !KNOWN && wrong.length < wrongApps.length;
    const share = isPart ? ` (one in ${SHARE}; KNOWN=all takes all)` : "";
    console.log(`wrong refused: ${told("wrong")}; right accepted: ${told("right")}${share}`);
  });

  const named = <T extends Known>(apps: readonly T[]) =>
    apps.map((known) => [known.step, known.title, known] as const);
  const needsBrowser = (report: Report) =>
    findBrowser() === undefined && !process.env.CI && report.skipped > 0;

  describe("the table of known apps", () => {
    test("has wrong and right ones for every step", () => {
      for (const step of steps) {
        expect(wrongApps.filter((it) => it.step === step).length, step).toBeGreaterThan(0);
        expect(rightApps.filter((it) => it.step === step).length, step).toBeGreaterThan(0);
      }
      // An empty text is a part of each message: no app would have to be refused.
      expect(wrongApps.filter(({ expected }) => expected.trim() === "")).toEqual([]);
    });
  });

  if (wrong.length > 0)
    describe("wrong apps are refused, and their fault is named", { timeout: LONG }, () => {
      test.for(named<Wrong>(wrong))("%s: %s", async ([, , known], { skip, expect }) => {
        let report = (await reports.get(known)) as Report;
        if (report.missed === 0 && needsBrowser(report)) skip(NO_BROWSER);
        if (!report.ok && !missed(report).includes(known.expected))
          report = await checkPatiently(known);
        const said = missed(report);
        count("wrong", said.includes(known.expected));
        expect(said || report.broken?.sentence || "accepted").toContain(known.expected);
        expect(report.ok).toBe(false);
      });
    });

  if (right.length > 0)
    describe("right apps are accepted, however they are written", { timeout: LONG }, () => {
      test.for(named(right))("%s: %s", async ([, , known], { expect }) => {
        const report = (await reports.get(known)) as Report;
        count("right", report.ok);
        expect(missed(report) || report.broken?.sentence).toBeFalsy();
        expect(report.ok).toBe(true);
      });
    });
};

/** The promises missed, with what their messages say. An app that does not start misses none. */
const missed = (report: Report): string =>
  report.groups
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ state }) => state === "missed")
    .map(({ title, miss }) => [title, ...Object.values(miss ?? {})].join("\n  "))
    .join("\n");
