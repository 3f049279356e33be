import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Figure, figureOf } from "../lib/figure.ts";
import { type Helper, startHelper } from "../lib/helper.ts";
import type { Part, Settings } from "../lib/part.ts";
import { type Server, startServer } from "../lib/server.ts";
import { percentile } from "../lib/stats.ts";
import { copyTalkative, finishedStranger } from "../lib/stranger.ts";
import { type StrangerAnswer, type StrangerJob, startStrangers } from "../lib/strangers.ts";
import { inTurns } from "../lib/turns.ts";

const PART = "stranger";
const RELAY = join(import.meta.dirname, "..", "servers", "relay.ts");
const HASHES = join(import.meta.dirname, "..", "lib", "hashes-process.ts");
const VISITORS = 1000;
const PAIRS = [1, 50, 500];
/** In ms: in this time all of them begin to wait, also on a busy machine. */
const WAIT = 5000;
/** Logins at once: two are hashed, the others wait. No more than 22 find a place, and 10 of one name. */
const AT_ONCE = 16;
const ACCOUNTS = 16;

type Strangers = Helper<StrangerJob, StrangerAnswer>;
type Contestant = { server: Server; strangers: Strangers };
type All = ReadonlyMap<string, Contestant>;
type Talk = { p50: number; p99: number; processor: number };

const startAll = async (file: string, args: string[] = []): Promise<All> => {
  const all = new Map<string, Contestant>();
  try {
    for (const [name, path] of [
      ["the app", file],
      ["Socket.IO", RELAY],
    ] as const) {
      const env = { MATCH_MS: String(WAIT), HASH_MEMORY: "" };
      const server = await startServer([...args, path], { env });
      all.set(name, { server, strangers: startStrangers() });
    }
    return all;
  } catch (error) {
    await stopAll(all);
    throw error;
  }
};

const stopAll = async (all: All): Promise<void> => {
  for (const { server, strangers } of all.values()) {
    await Promise.all([server.stop(), strangers.stop()]);
  }
};

/** What is measured of each, in turns. */
const turnsOf = <T>(all: All, measure: (one: Contestant) => Promise<T>) =>
  new Map([...all].map(([name, one]) => [name, () => measure(one)]));

const percentiles = (times: number[]) => {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
};

/** What a crowd that waits needs of the memory, and how soon all know whom they have met. */
const measureRound = async (file: string, { quick, say }: Settings): Promise<Figure[]> => {
  const title = `${VISITORS.toLocaleString("en")} waiting`;
  say(`${PART}: ${title}`);
  const all = await startAll(file, ["--expose-gc"]);
  try {
    const memory = await inTurns(
      turnsOf(all, async ({ server, strangers }) => {
        // What the first ones make the server load and compile is no memory of theirs.
        await strangers.ask({ kind: "connect", url: server.url, count: 20 });
        const before = await server.usage();
        await strangers.ask({ kind: "connect", url: server.url, count: VISITORS - 20 });
        await strangers.ask({ kind: "join", wait: WAIT });
        const after = await server.usage();
        await strangers.ask({ kind: "match", part: true });
        return (after.memory - before.memory) / 1024 / (VISITORS - 20);
      }),
      1,
      0,
    );
    const times = await inTurns(
      turnsOf(all, async ({ strangers }) => {
        await strangers.ask({ kind: "join", wait: WAIT });
        const { times } = await strangers.ask({ kind: "match", part: true });
        return times[0];
      }),
      quick ? 2 : 5,
      0,
    );
    return [
      figureOf(PART, `${title}, from the round to the last`, "ms", times, (time) => time),
      figureOf(PART, `${title}, memory of each, its objects`, "KB", memory, (size) => size),
    ];
  } finally {
    await stopAll(all);
  }
};

/** The parts of `lib/lobby.ts` that are measured by themselves. */
type Lobby = {
  join: (member: object, size?: number) => number;
  round: () => { members: { id: string; visitor: string }[] }[];
};

/** @throws unless all are in exactly one room, which has so many */
const demandRooms = (rooms: ReturnType<Lobby["round"]>, size: number): void => {
  const members = rooms.flatMap((room) => room.members.map(({ visitor }) => visitor));
  const isRight = rooms.every((room) => room.members.length === size);
  if (!isRight || members.length !== VISITORS || new Set(members).size !== VISITORS) {
    throw new Error(`${members.length} of ${VISITORS} were seated, of ${new Set(members).size}`);
  }
};

/** The round alone, without a server: how long the server does nothing else. */
const measureLobby = async (root: string, { quick, say }: Settings): Promise<Figure[]> => {
  say(`${PART}: the round alone`);
  const module = pathToFileURL(join(finishedStranger(root), "lib", "lobby.ts")).href;
  const { Lobby } = (await import(module)) as { Lobby: new () => Lobby };
  const time = async (count: number, size: number) => {
    const lobby = new Lobby();
    for (let at = 0; at < count; at += 1) {
      lobby.join({ id: `socket ${at}`, visitor: `visitor ${at}`, name: `User${at}` }, size);
    }
    const start = performance.now();
    const rooms = lobby.round();
    const end = performance.now();
    if (count === VISITORS) demandRooms(rooms, size);
    return end - start;
  };
  const rounds = quick ? 5 : 20;
  const count = VISITORS.toLocaleString("en");
  const pairs = new Map([
    [`${count} waiting`, () => time(VISITORS, 2)],
    ["100 waiting", () => time(100, 2)],
  ]);
  const groups = new Map([
    [`${count} waiting`, () => time(VISITORS, 5)],
    ["100 waiting", () => time(100, 5)],
  ]);
  const [twos, fives] = [await inTurns(pairs, rounds), await inTurns(groups, rounds)];
  return [
    figureOf(PART, `${count} waiting, the round alone, in twos`, "ms", twos, (ms) => ms),
    figureOf(PART, `${count} waiting, the round alone, in fives`, "ms", fives, (ms) => ms),
  ];
};

/** Lets all strangers of a server meet. */
const meet = async ({ strangers, server }: Contestant, pairs: number): Promise<void> => {
  await strangers.ask({ kind: "connect", url: server.url, count: 2 * pairs });
  await strangers.ask({ kind: "join", wait: WAIT });
  await strangers.ask({ kind: "match", part: false });
};

const measureTalk = async (all: All, pairs: number, { quick, say }: Settings) => {
  const title = `${pairs} ${pairs === 1 ? "pair" : "pairs"}`;
  say(`${PART}: ${title} talk`);
  for (const one of all.values()) await meet(one, pairs);
  const results = await inTurns(
    turnsOf(all, async ({ server, strangers }): Promise<Talk> => {
      const messages = quick ? 100 : 400;
      const before = await server.usage();
      const { times } = await strangers.ask({ kind: "talk", messages });
      const used = (await server.usage()).processor - before.processor;
      return { ...percentiles(times), processor: used / messages };
    }),
    quick ? 3 : 5,
  );
  for (const { strangers } of all.values()) await strangers.ask({ kind: "disconnect" });
  return [
    figureOf(PART, `${title}, message to partner, p50`, "ms", results, ({ p50 }) => p50),
    figureOf(PART, `${title}, message to partner, p99`, "ms", results, ({ p99 }) => p99),
    figureOf(PART, `${title}, processor time of a message`, "µs", results, (it) => it.processor),
  ];
};

/** Logins as fast as they are let in, beside the hashes alone; and what the chat feels of them. */
const measureLogins = async (all: All, { quick, say }: Settings): Promise<Figure[]> => {
  const app = all.get("the app");
  if (!app) throw new Error("the app is missing");
  const { url } = app.server;
  const others = startStrangers();
  const hasher = startHelper<{ seconds: number }, { perSecond: number }>(HASHES);
  const seconds = quick ? 2 : 5;
  const logIn = () =>
    others.ask({ kind: "log in", url, count: ACCOUNTS, atOnce: AT_ONCE, seconds });
  const hash = () => hasher.ask({ seconds });
  const talkDuring = async (what: () => Promise<unknown>) => {
    const talk = app.strangers.ask({ kind: "talk on", seconds });
    await Promise.all([talk, what()]);
    return percentiles((await talk).times);
  };
  try {
    say(`${PART}: ${ACCOUNTS} accounts, and logins`);
    await others.ask({ kind: "register", url, count: ACCOUNTS });
    const rates = await inTurns<{ perSecond: number }>(
      new Map([
        ["the app", logIn],
        ["argon2 alone", hash],
      ]),
      quick ? 2 : 5,
    );
    say(`${PART}: 50 pairs talk, and others log in`);
    await meet(app, 50);
    const talks = await inTurns(
      new Map([
        ["logins", () => talkDuring(logIn)],
        ["no logins", () => talkDuring(async () => {})],
        ["hashes elsewhere", () => talkDuring(hash)],
      ]),
      quick ? 2 : 5,
    );
    const title = "50 pairs, message while others log in";
    return [
      figureOf(PART, "logins", "/s", rates, ({ perSecond }) => perSecond),
      figureOf(PART, `${title}, p50`, "ms", talks, ({ p50 }) => p50),
      figureOf(PART, `${title}, p99`, "ms", talks, ({ p99 }) => p99),
    ];
  } finally {
    await Promise.all([others.stop(), hasher.stop()]);
  }
};

const run = async (settings: Settings): Promise<Figure[]> => {
  const copy = copyTalkative(settings.root);
  try {
    const figures = await measureRound(copy.file, settings);
    figures.push(...(await measureLobby(settings.root, settings)));
    // Without --expose-gc: collecting all memory would be most of what a message costs.
    const all = await startAll(copy.file);
    try {
      for (const pairs of PAIRS) figures.push(...(await measureTalk(all, pairs, settings)));
      figures.push(...(await measureLogins(all, settings)));
    } finally {
      await stopAll(all);
    }
    return figures;
  } finally {
    copy.remove();
  }
};

/** How soon strangers meet and read each other, and whether others who log in keep them waiting. */
export const part: Part = {
  summary: "the stranger: a round of 1,000, messages of pairs, logins beside them",
  run,
};
