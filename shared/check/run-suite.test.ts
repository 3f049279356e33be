import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import type { Suite } from "./suite.ts";

/** In ms. */
const PATIENCE = 2000;
vi.stubEnv("CHECK_PATIENCE", String(PATIENCE));
const { Waits, waitedInVain } = await import("../testkit/patience.ts");
const { sign } = await import("../testkit/traffic.ts");
const { runSuite } = await import("./run-suite.ts");

const target = { folder: "", course: "", step: "00", steps: ["00"] };
let printed = "";
const app = { said: () => printed, areUp: async () => true };
const suiteOf = (...bodies: (() => unknown)[]): Suite => ({
  tests: bodies.map((body, index) => ({ title: `promise ${index + 1}`, body })),
  beforeAll: [],
  afterEach: [],
  afterAll: [],
});
const statesOf = ({ outcomes }: Awaited<ReturnType<typeof runSuite>>) =>
  outcomes.map(({ state }) => state).join(" ");
/** A test that has waited in vain, here without the waiting. */
const inVain = (duration: number) => () => {
  throw waitedInVain(new Error("it did not come"), duration);
};

test("after 15 s of waits in vain the rest is left out", async () => {
  const suite = suiteOf(...Array(5).fill(inVain(5000)));
  const waits = new Waits();
  expect(statesOf(await runSuite(suite, target, { waits, app }))).toBe(
    "missed missed missed skipped skipped",
  );
  expect(waits.left).toBe(0);
});

test("a first look ends at its first miss, and the second one has the time that is left", async () => {
  const suite = suiteOf(() => {}, ...Array(4).fill(inVain(5000)));
  const waits = new Waits();
  const first = await runSuite(suite, target, { waits, app, isFirstLook: () => true });
  expect(statesOf(first)).toBe("kept missed skipped skipped skipped");
  expect(waits.isOver).toBe(false);
  const second = await runSuite(suite, target, { waits, app });
  expect(statesOf(second)).toBe("kept missed missed skipped skipped");
  expect(waits.left).toBe(0);
});

test("a miss that was not waited for costs nothing", async () => {
  const wrong = () => {
    throw new Error("wrong");
  };
  const waits = new Waits();
  const ran = await runSuite(suiteOf(...Array(9).fill(wrong)), target, { waits, app });
  expect(statesOf(ran)).toBe(Array(9).fill("missed").join(" "));
  expect(waits.left).toBe(new Waits().left);
});

test("a test that hangs is ended, and the rest of the step left out", async () => {
  const waits = new Waits();
  const suite = suiteOf(
    () => new Promise(() => {}),
    () => {},
  );
  const { outcomes } = await runSuite(suite, target, { waits, app });
  expect(statesOf({ outcomes })).toBe("missed skipped");
  expect(outcomes[0]?.miss?.sentence).toMatch(/^nothing came back within 2\.8 s/);
  expect(waits.left).toBeLessThan(new Waits().left);
});

test("a test that takes long, but comes forward, is not ended", async () => {
  const suite = suiteOf(async () => {
    for (let round = 0; round < 2 * PATIENCE; round += 100) {
      await sleep(100);
      sign();
    }
  });
  const ran = await runSuite(suite, target, { waits: new Waits(), app });
  expect(statesOf(ran)).toBe("kept");
});

test("what the app printed is shown with the miss of its own test alone", async () => {
  const says = (text: string) => () => {
    printed += text;
    throw new Error("wrong");
  };
  const down = { ...app, areUp: async () => false };
  const suite = suiteOf(says("first\nfirst\n"), says("second\n"));
  const { outcomes } = await runSuite(suite, target, { waits: new Waits(), app: down });
  expect(outcomes.map(({ miss }) => miss?.printed)).toEqual(["first", "second"]);
});
