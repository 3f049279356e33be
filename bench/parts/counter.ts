import { join } from "node:path";
import { closeBrowser } from "../../shared/testkit/browser.ts";
import { findBrowser, NO_BROWSER } from "../../shared/testkit/browser-program.ts";
import type { AppCopy } from "../lib/app.ts";
import { type ClickAnswer, type ClickJob, startClicker } from "../lib/clicks.ts";
import { copyCounter, fillCounter } from "../lib/counter.ts";
import { type Figure, figureOf } from "../lib/figure.ts";
import type { Helper } from "../lib/helper.ts";
import type { Part, Settings } from "../lib/part.ts";
import { openPressedPages, type PressedPages } from "../lib/pressed-pages.ts";
import { pssOf } from "../lib/pss.ts";
import { type Server, startServer } from "../lib/server.ts";
import { percentile } from "../lib/stats.ts";
import { type Contestants, inTurns } from "../lib/turns.ts";

const EMPTY = join(import.meta.dirname, "..", "servers", "broadcast.ts");
const COUNTS = [2, 50, 500];
/** In ms: the pause that the counter's limit of 20 a second asks of each connection. */
const PAUSE = 50;
/** So many of the pages click, each after it was answered: more than is borne waits, and is not lost. */
const SENDERS = 20;
/** What a class leaves in a year: the figures are those of a server that has been used. */
const STORED = { clicks: 1_000_000, today: 1000, events: 50, users: 500 };

type Contestant = { server: Server; sockets: Helper<ClickJob, ClickAnswer> };
/** By name. "the app" is the counter as it is, "limit lifted" the same without a limit. */
type All = ReadonlyMap<string, Contestant>;
type Times = { p50: number; p99: number };
type Sustained = { perSecond: number; processor: number };

/** What one contestant, or some, are asked in turns. */
const turnsOf = <T>(all: All, names: string[], measure: (one: Contestant) => Promise<T>) => {
  const some = [...all].filter(([name]) => names.includes(name));
  return new Map(some.map(([name, one]) => [name, () => measure(one)])) satisfies Contestants<T>;
};

const summed = (times: number[]): Times => {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
};

const timesOf = (what: string, results: Map<string, Times[]>): Figure[] => [
  figureOf("counter", `${what}, p50`, "ms", results, ({ p50 }) => p50),
  figureOf("counter", `${what}, p99`, "ms", results, ({ p99 }) => p99),
];

/** Clicks for some seconds; the processor time is the server's, for each click, in µs. */
const sustain = async (
  { server, sockets }: Contestant,
  job: { seconds: number; senders: number; pause: number },
): Promise<Sustained> => {
  const before = await server.usage();
  const { clicks, perSecond } = await sockets.ask({ kind: "sustained", ...job });
  const after = await server.usage();
  return { perSecond, processor: (after.processor - before.processor) / clicks };
};

/** What is measured while that many sockets are connected to each contestant. */
const measureSockets = async (all: All, count: number, settings: Settings): Promise<Figure[]> => {
  const { quick, say } = settings;
  const [rounds, seconds, clicks] = quick ? [3, 0.5, 20] : [5, 1, 100];
  const title = `${count} pages`;
  say(`counter: ${title} connect`);
  for (const { server, sockets } of all.values()) {
    await sockets.ask({ kind: "connect", url: server.url, count });
  }
  say(`counter: ${title}, click to another socket`);
  const times = await inTurns(
    turnsOf(all, ["the app", "Socket.IO"], async ({ sockets }) =>
      summed((await sockets.ask({ kind: "one by one", clicks })).times),
    ),
    rounds,
  );
  say(`counter: ${title}, clicks sustained`);
  const limited = { seconds, senders: SENDERS, pause: PAUSE };
  const inLimit = await inTurns(
    turnsOf(all, ["the app", "Socket.IO"], (one) => sustain(one, limited)),
    rounds,
  );
  const free = { seconds, senders: SENDERS, pause: 0 };
  const lifted = await inTurns(
    turnsOf(all, ["limit lifted", "Socket.IO"], (one) => sustain(one, free)),
    rounds,
  );
  for (const { sockets } of all.values()) await sockets.ask({ kind: "disconnect" });
  return [
    figureOf(
      "counter",
      `${title}, clicks, up to ${20 * Math.min(count, SENDERS)} offered`,
      "/s",
      inLimit,
      byRate,
    ),
    figureOf("counter", `${title}, clicks, limit lifted`, "/s", lifted, byRate),
    figureOf("counter", `${title}, processor time of a click`, "µs", lifted, (it) => it.processor),
    ...timesOf(`${title}, click to another socket`, times),
  ];
};

const byRate = ({ perSecond }: Sustained): number => perSecond;

/** From a press of one page's button to the figure on another page's screen. */
const measurePages = async (all: All, count: number, settings: Settings): Promise<Figure[]> => {
  const { quick, say } = settings;
  say(`counter: ${count} pages, two of them in a browser`);
  const pages = new Map<string, PressedPages>();
  try {
    for (const [name, { server, sockets }] of all) {
      if (name === "limit lifted") continue;
      if (count > 2) await sockets.ask({ kind: "connect", url: server.url, count: count - 2 });
      pages.set(name, await openPressedPages(server.url));
    }
    const contestants = new Map(
      [...pages].map(([name, { press }]) => [
        name,
        async () => summed(await press(quick ? 20 : 100)),
      ]),
    );
    const times = await inTurns(contestants, quick ? 3 : 5);
    return timesOf(`${count} pages, click to another's screen`, times);
  } finally {
    for (const { close } of pages.values()) await close();
    for (const { sockets } of all.values()) await sockets.ask({ kind: "disconnect" });
  }
};

/** The memory of an idle connection, in KB: of a server that has just been started, each time. */
const measureMemory = async (root: string, { quick, say }: Settings): Promise<Figure[]> => {
  const count = 500;
  const copy = copyCounter(root);
  const measure = async (file: string) => {
    const server = await startServer(["--expose-gc", file]);
    const sockets = startClicker();
    try {
      // What the first ones make the server load and compile is no memory of theirs.
      await sockets.ask({ kind: "connect", url: server.url, count: 20 });
      const before = { objects: (await server.usage()).memory, process: pssOf(server.pid) };
      await sockets.ask({ kind: "connect", url: server.url, count });
      const after = { objects: (await server.usage()).memory, process: pssOf(server.pid) };
      const each = (now?: number, then?: number) =>
        now === undefined || then === undefined ? undefined : (now - then) / 1024 / count;
      return {
        objects: each(after.objects, before.objects),
        process: each(after.process, before.process),
      };
    } finally {
      await Promise.all([server.stop(), sockets.stop()]);
    }
  };
  try {
    say(`counter: memory of ${count} connections`);
    const files = { "the app": copy.file, "Socket.IO": EMPTY };
    const results = await inTurns(
      new Map(Object.entries(files).map(([name, file]) => [name, () => measure(file)])),
      quick ? 1 : 3,
      0,
    );
    const what = `${count} connections, memory of each`;
    const process = [...results.values()].flat().every((it) => it.process !== undefined);
    return [
      figureOf("counter", `${what}, its objects`, "KB", results, (it) => it.objects),
      ...(process
        ? [figureOf("counter", `${what}, of the process`, "KB", results, (it) => it.process)]
        : []),
    ];
  } finally {
    copy.remove();
  }
};

const run = async (settings: Settings): Promise<Figure[]> => {
  const { root, say, note } = settings;
  const contestants = new Map<string, Contestant>();
  const copies: AppCopy[] = [];
  const start = async (name: string, file: string) => {
    const server = await startServer(["--expose-gc", file]);
    contestants.set(name, { server, sockets: startClicker() });
  };
  const figures: Figure[] = [];
  try {
    for (const [name, limit] of [
      ["the app", "kept"],
      ["limit lifted", "lifted"],
    ] as const) {
      const copy = copyCounter(root, limit);
      copies.push(copy);
      await start(name, copy.file);
      say(`counter: ${STORED.clicks.toLocaleString("en")} clicks are stored (${name})`);
      fillCounter(copy.database, STORED);
    }
    await start("Socket.IO", EMPTY);
    for (const count of COUNTS)
      figures.push(...(await measureSockets(contestants, count, settings)));
    if (!findBrowser()) note(NO_BROWSER);
    else {
      for (const count of COUNTS)
        figures.push(...(await measurePages(contestants, count, settings)));
    }
  } finally {
    await closeBrowser();
    for (const { server, sockets } of contestants.values()) {
      await Promise.all([server.stop(), sockets.stop()]);
    }
    for (const copy of copies) copy.remove();
  }
  return [...figures, ...(await measureMemory(root, settings))];
};

/** What the counter bears with many pages open, and how soon a click is seen on another one. */
export const part: Part = {
  summary: "the counter: clicks a second, click to another screen, memory of connections",
  run,
};
