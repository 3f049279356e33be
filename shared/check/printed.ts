import { setTimeout as sleep } from "node:timers/promises";
import { whatItSaid } from "../testkit/broken-server.ts";
import type { Exchange } from "../testkit/traffic.ts";
import type { Miss } from "./report.ts";

/** What is known of the apps that a check has: all that they have printed, and whether they run. */
export type Printing = { said: () => string; areUp: () => Promise<boolean> };

/** What an app prints comes a moment after its answer, or its end: how long it is waited for, in ms. */
const [AT_MOST, AT_LEAST] = [300, 30];

/** What an app says when it is up, which on a slow day comes when the first test has begun. */
const OF_START = /\blistens on http:\/\/\S+$/;

/** Watches what an app prints, test by test. */
export const whatItPrinted = ({ said, areUp }: Printing) => {
  let told = 0;
  return {
    /** What the app printed during a test that missed its promise, if that says why. */
    during: async (traffic: readonly Exchange[], miss: Miss): Promise<{ printed?: string }> => {
      const limit = Date.now() + AT_MOST;
      if (!traffic.some(isServersFault)) {
        // The system closes the connections of a process that ends one after the other.
        const isOpen = traffic.some(isUnanswered);
        while ((await areUp()) && isOpen && Date.now() < limit) await sleep(10);
        if (await areUp()) return {};
      }
      while (said().length <= told && Date.now() < limit) await sleep(10);
      await sleep(AT_LEAST);
      const shown = new Set((miss.sentence ?? "").split("\n"));
      const lines = whatItSaid(said().slice(told))
        .split("\n")
        .filter((line) => !shown.has(line) && !OF_START.test(line));
      const printed = lines.join("\n").trim();
      return printed === "" ? {} : { printed };
    },
    /** What was printed until now belongs to no later test. */
    goOn: () => {
      told = said().length;
    },
  };
};

const isServersFault = ({ status, received = "" }: Exchange): boolean =>
  (status ?? 0) >= 500 || /^status 5\d\d$/.test(received);

const isUnanswered = ({ kind, received }: Exchange): boolean =>
  kind === "http" && received === undefined;
