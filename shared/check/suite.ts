import { AsyncLocalStorage } from "node:async_hooks";
import { format } from "node:util";
import type { Target } from "../testkit/target.ts";

/** What a test is given, as vitest does it. */
export type TestContext = { skip: (reason?: string) => never };
type Body = (context: TestContext) => unknown;

/** The tests and hooks of one check file, as they were declared. */
export type Suite = {
  tests: { title: string; body: Body }[];
  beforeAll: (() => unknown)[];
  afterEach: (() => unknown)[];
  afterAll: (() => unknown)[];
};

/** Thrown by `skip()`. */
export class Skipped extends Error {}

/** While a check file is loaded: what it declares goes here. Loading is one at a time, and never waits. */
let loading: { suite: Suite; target: Target } | undefined;
/** While a suite runs: its target; suites run side by side. */
const running = new AsyncLocalStorage<Target>();

/** Runs the work of a suite, which may ask for its target. */
export const withTarget = <T>(target: Target, work: () => T): T => running.run(target, work);

/** The app that the asking test is pointed at. */
export const currentTarget = (): Target => {
  const target = running.getStore() ?? loading?.target;
  if (target === undefined) throw new Error("no check is running");
  return target;
};

/** Loads a check file, and returns what it declares. */
export const collect = async (target: Target, load: () => Promise<unknown>): Promise<Suite> => {
  const suite: Suite = { tests: [], beforeAll: [], afterEach: [], afterAll: [] };
  loading = { suite, target };
  try {
    await load();
  } finally {
    loading = undefined;
  }
  return suite;
};

const declared = (): Suite => {
  if (loading === undefined) throw new Error("a check declares its tests while it is loaded");
  return loading.suite;
};

const skipped = (title: string) => {
  const body = () => {
    throw new Skipped("not on this system");
  };
  declared().tests.push({ title, body });
};

/** Declares a test. `test.for` makes one of each case, its values in the title. */
export const test = Object.assign(
  (title: string, body: Body) => {
    declared().tests.push({ title, body });
  },
  {
    skipIf: (condition: unknown) => (title: string, body: Body) =>
      condition ? skipped(title) : test(title, body),
    for:
      <T>(cases: readonly T[]) =>
      (title: string, body: (one: T, context: TestContext) => unknown) => {
        for (const one of cases) {
          const values: unknown[] = Array.isArray(one) ? one : [one];
          const signs = title.match(/%[sdifjoO]/g)?.length ?? 0;
          test(format(title, ...values.slice(0, signs)), (context) => body(one, context));
        }
      },
  },
);

/** Declares what is done before the first test. */
export const beforeAll = (work: () => unknown): void => {
  declared().beforeAll.push(work);
};
/** Declares what is done after each test. */
export const afterEach = (work: () => unknown): void => {
  declared().afterEach.push(work);
};
/** Declares what is done after the last test. */
export const afterAll = (work: () => unknown): void => {
  declared().afterAll.push(work);
};
