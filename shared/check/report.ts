import type { Broken, BrokenServer } from "../testkit/broken-server.ts";
import type { Exchange } from "../testkit/traffic.ts";

/** Why a promise was missed. */
export type Miss = {
  /** One plain sentence, where the cause is known: `the app did not answer GET / within 20 s`. */
  sentence?: string;
  /** The last thing that was sent before: a request, a socket's event, an action on a page. */
  sent?: string;
  expected?: string;
  received?: string;
  /** The last lines that the app printed meanwhile, where it ended or answered with a status of 500 or more. */
  printed?: string;
};

/** One promise of a step: one test of its check. */
export type Outcome = {
  title: string;
  /** `skipped`: not looked at, because the app could not be asked any more, or no browser is installed. */
  state: "kept" | "missed" | "skipped";
  /** Why it was skipped. */
  reason?: string;
  miss?: Miss;
  traffic: Exchange[];
  /** How long it took, in ms. */
  duration: number;
};

/** The promises of one step. */
export type Group = { step: string; outcomes: Outcome[] };

/** What the checks found out about an app. */
export type Report = {
  /** Whether all promises that could be checked were kept. */
  ok: boolean;
  /** What is wrong with a server that could not be checked, or that left something behind. */
  broken?: { kind: Broken; sentence: string };
  /** In the order of the course; empty if the app does not even start. */
  groups: Group[];
  /** The first promise missed, in the order of the course. */
  first?: { step: string; title: string; miss: Miss };
  kept: number;
  missed: number;
  skipped: number;
  /** How long it took, in ms. */
  duration: number;
};

/** Sums up what the checks found out. */
export const reportOf = (
  groups: Group[],
  broken: BrokenServer | undefined,
  duration: number,
): Report => {
  const outcomes = groups.flatMap(({ step, outcomes }) =>
    outcomes.map((outcome) => ({ step, ...outcome })),
  );
  const count = (state: Outcome["state"]) => outcomes.filter((it) => it.state === state).length;
  const first = outcomes.find(({ state }) => state === "missed");
  return {
    ok: first === undefined && broken === undefined,
    groups,
    kept: count("kept"),
    missed: count("missed"),
    skipped: count("skipped"),
    duration,
    ...(broken && { broken: { kind: broken.kind, sentence: broken.message } }),
    ...(first && { first: { step: first.step, title: first.title, miss: first.miss ?? {} } }),
  };
};
