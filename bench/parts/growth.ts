import { type AppCopy, copyOf } from "../lib/app.ts";
import { type Figure, figureOf } from "../lib/figure.ts";
import { fillDatabase } from "../lib/fill.ts";
import { measureLoad, startLoader } from "../lib/load.ts";
import type { Part, Settings } from "../lib/part.ts";
import { type Server, startServer } from "../lib/server.ts";
import { type Contestants, inTurns } from "../lib/turns.ts";

const MESSAGES = [1_000_000, 100_000, 1000, 10];
const USERS = [100_000, 1000, 3];
/** Of user 1. */
const OF_ONE = 100;

type Count = { users: number; messages: number };
type Asked = {
  what: string;
  path: string;
  body?: unknown;
  /** The rows of the answer, to divide the time by: then flat means "no more than it has to". */
  rows?: (count: Count) => number;
};

const newMessage = { author_id: 2, recipient_id: 3, content: "trois petits chats" };
const ofUser = ({ messages }: Count) => Math.min(messages, OF_ONE);

const BY_MESSAGES: Asked[] = [
  { what: "one user's 100, each", path: "/api/messages/with/1", rows: ofUser },
  { what: "page of this user, each row", path: "/front/messages/1", rows: ofUser },
  { what: "all messages, each", path: "/api/messages", rows: ({ messages }) => messages },
  // Last, since it adds to what the others would read.
  { what: "post a message", path: "/api/messages", body: newMessage },
];
const BY_USERS: Asked[] = [
  { what: "one user", path: "/api/users/1" },
  { what: "post a message", path: "/api/messages", body: newMessage },
  { what: "all users, each", path: "/api/users", rows: ({ users }) => users },
  { what: "messages page, each recipient", path: "/front/messages/1", rows: ({ users }) => users },
];

/** Answers of that many rows take a second: then a few requests, not as many as come in time. */
const LARGE = 50_000;

type Sized = { name: string; count: Count; server: Server };
type Time = { p50: number; processor: number };

/** Asks one thing of each size in turns, with one connection; times in µs. */
const ask = async (
  sizes: readonly Sized[],
  { what, path, body, rows = () => 1 }: Asked,
  { quick, say }: Settings,
): Promise<Figure[]> => {
  say(`growth: ${what}`);
  const loader = startLoader();
  try {
    const contestants: Contestants<Time> = new Map();
    for (const { name, count, server } of sizes) {
      const each = rows(count);
      const extent = { seconds: quick ? 0.3 : 0.5, ...(each > LARGE ? { amount: 2 } : {}) };
      const job = { path, connections: 1, ...extent, ...(body ? { body } : {}) };
      contestants.set(name, async () => {
        const { p50, processor } = await measureLoad(loader, server, job);
        return { p50: (p50 * 1000) / each, processor: processor / each };
      });
    }
    const [largest] = contestants.keys();
    const results = await inTurns(contestants, quick ? 3 : 5);
    const title = `${largest}: ${what}`;
    return [
      figureOf("growth", `${title}, p50`, "µs", results, ({ p50 }) => p50),
      figureOf("growth", `${title}, processor time`, "µs", results, (time) => time.processor),
    ];
  } finally {
    await loader.stop();
  }
};

/** Fills databases of several sizes, each under a server of its own. */
const measure = async (
  settings: Settings,
  name: keyof Count,
  numbers: readonly number[],
  asked: readonly Asked[],
): Promise<Figure[]> => {
  const copies: AppCopy[] = [];
  const sizes: Sized[] = [];
  try {
    for (const number of numbers) {
      const count = { users: 100, messages: 100, [name]: number };
      settings.say(`growth: ${count.users} users, ${count.messages} messages`);
      const copy = copyOf(settings.app);
      copies.push(copy);
      const server = await startServer([copy.file]);
      sizes.push({ name: `${number.toLocaleString("en")} ${name}`, count, server });
      fillDatabase(copy.database, { ...count, ofOne: OF_ONE });
    }
    const figures: Figure[] = [];
    for (const one of asked) figures.push(...(await ask(sizes, one, settings)));
    return figures;
  } finally {
    await Promise.all(sizes.map(({ server }) => server.stop()));
    for (const copy of copies) copy.remove();
  }
};

const run = async (settings: Settings): Promise<Figure[]> => {
  const sizes = (all: readonly number[]) =>
    settings.quick ? all.filter((size) => size <= 10_000) : all;
  return [
    ...(await measure(settings, "messages", sizes(MESSAGES), BY_MESSAGES)),
    ...(await measure(settings, "users", sizes(USERS), BY_USERS)),
  ];
};

/** How the time of an answer grows with what is stored: beside the largest size stand the smaller ones. */
export const part: Part = { summary: "how answers grow with messages and users", run };
