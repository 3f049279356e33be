import { randomInt } from "node:crypto";
import { copyOf } from "../lib/app.ts";
import { type Figure, figureOf } from "../lib/figure.ts";
import type { Part, Settings } from "../lib/part.ts";
import { startServer } from "../lib/server.ts";
import { finishedStranger } from "../lib/stranger.ts";
import { fuzzStranger } from "../lib/stranger-fuzz.ts";

/** Rounds follow each other quickly, and hashes cost next to nothing: it is not they that are measured. */
const ENV = { MATCH_MS: "50", HASH_MEMORY: "64" };

const fuzzOne = async (folder: string, seed: number, { quick, say }: Settings) => {
  const copy = copyOf(folder);
  try {
    const server = await startServer([copy.file], { env: ENV });
    try {
      const operations = quick ? 3000 : 100_000;
      say(`stranger-fuzz: ${operations.toLocaleString("en")} operations, FUZZ_SEED=${seed}`);
      return await fuzzStranger({ url: server.url, seed, operations, say });
    } finally {
      await server.stop();
    }
  } finally {
    copy.remove();
  }
};

const run = async (settings: Settings): Promise<Figure[]> => {
  const seed = Number(process.env.FUZZ_SEED || randomInt(2 ** 31));
  const done = await fuzzOne(finishedStranger(settings.root), seed, settings);
  // Copies that somebody has changed: a breach is of the last one that is named.
  for (const folder of settings.variants) {
    settings.say(`stranger-fuzz: ${folder}`);
    await fuzzOne(folder, seed, settings);
  }
  settings.note(`seed ${seed}`);
  const results = new Map([["the app", [done]]]);
  return [
    figureOf("stranger", "random operations", "", results, ({ operations }) => operations),
    // One is an error, and there is no figure then.
    figureOf("stranger", "random operations, breaches", "", results, () => 0),
    figureOf("stranger", "random operations", "/s", results, ({ perSecond }) => perSecond),
  ];
};

/** What the specification promises, looked at from outside while many do what they like. */
export const part: Part = {
  summary: "the stranger: random operations of 30 visitors, and what must hold after each few",
  run,
};
