import { dirname, join } from "node:path";
import { copyOf } from "../lib/app.ts";
import { type Figure, figureOf } from "../lib/figure.ts";
import { fillDatabase } from "../lib/fill.ts";
import { type Measured, measureLoad, startLoader } from "../lib/load.ts";
import type { Part, Settings } from "../lib/part.ts";
import { type Server, startServer } from "../lib/server.ts";
import { type Contestants, inTurns } from "../lib/turns.ts";

const SERVERS = join(import.meta.dirname, "..", "servers");
const USERS = 100;
const MESSAGES = 1_000_000;
const CONNECTIONS = 10;
/** Rounds: on a busy machine, one is over before hot code is compiled. */
const WARM_UPS = 2;

// Not to user 1, whose messages are counted.
const newMessage = { author_id: 3, recipient_id: 4, content: "trois petits chats" };

const requestsOf = (messages: number) => [
  { what: "/api/version", path: "/api/version" },
  { what: `list of ${USERS} users`, path: "/api/users" },
  { what: "one user", path: "/api/users/1" },
  {
    what: `100 messages of a user, of ${messages.toLocaleString("en")}`,
    path: "/api/messages/with/1",
  },
  { what: "post a message", path: "/api/messages", body: newMessage },
  { what: `messages page, ${USERS - 1} recipients`, path: "/front/messages/1" },
];

const columns: [what: string, unit: Figure["unit"], pick: (load: Measured) => number][] = [
  ["requests", "/s", (load) => load.perSecond],
  ["p50", "ms", (load) => load.p50],
  ["p99", "ms", (load) => load.p99],
  ["p99.9", "ms", (load) => load.p999],
  ["processor time", "µs", (load) => load.processor],
];

const run = async ({ app, variants, quick, say }: Settings): Promise<Figure[]> => {
  const messages = quick ? MESSAGES / 100 : MESSAGES;
  const [rounds, seconds] = quick ? [3, 0.5] : [5, 0.8];
  const main = copyOf(app);
  const copies = [main];
  const servers = new Map<string, Server>();
  const loader = startLoader();
  try {
    const ours = await startServer([main.file]);
    servers.set("the app", ours);
    say(`requests: ${messages.toLocaleString("en")} messages are stored`);
    fillDatabase(main.database, { users: USERS, messages, ofOne: 100 });
    for (const variant of variants) {
      const copy = copyOf(variant, dirname(main.database));
      copies.push(copy);
      servers.set(variant, await startServer([copy.file]));
    }
    const env = { NODE_ENV: "production" };
    servers.set("NODE_ENV=production", await startServer([main.file], { env }));
    for (const [name, file] of [
      ["Express", "express.ts"],
      ["node:http", "bare.ts"],
    ] as const) {
      servers.set(name, await startServer([join(SERVERS, file)], { env: { APP: main.file } }));
    }
    const empty = servers.get("Express") ?? ours;

    const figures: Figure[] = [];
    for (const { what, ...request } of requestsOf(messages)) {
      say(`requests: ${what}`);
      const job = { ...request, connections: CONNECTIONS, seconds };
      const contestants: Contestants<Measured> = new Map(
        [...servers].map(([name, server]) => [name, () => measureLoad(loader, server, job)]),
      );
      const emptyJob = { path: "/empty", connections: CONNECTIONS, seconds };
      contestants.set("empty route", () => measureLoad(loader, empty, emptyJob));
      const results = await inTurns(contestants, rounds, WARM_UPS);
      for (const [name, unit, pick] of columns) {
        figures.push(figureOf("requests", `${what}, ${name}`, unit, results, pick));
      }
    }
    return figures;
  } finally {
    await Promise.all([loader, ...servers.values()].map((one) => one.stop()));
    for (const copy of copies.reverse()) copy.remove();
  }
};

/** What the app answers in a second, beside Express and Node with the same statements. */
export const part: Part = {
  summary: "requests per second, p50, p99, p99.9 of the finished chat",
  run,
};
