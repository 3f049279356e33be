import { join } from "node:path";
import { copyOf } from "../lib/app.ts";
import { type Figure, figureOf } from "../lib/figure.ts";
import { fillDatabase } from "../lib/fill.ts";
import { type Helper, startHelper } from "../lib/helper.ts";
import type { Part, Settings } from "../lib/part.ts";
import { type Server, startServer } from "../lib/server.ts";
import type { SocketAnswer, SocketJob } from "../lib/sockets.ts";
import { percentile } from "../lib/stats.ts";
import { type Contestants, inTurns } from "../lib/turns.ts";

const LIB = join(import.meta.dirname, "..", "lib");
const SERVERS = join(import.meta.dirname, "..", "servers");
const COUNTS = [2, 50, 500, 2000];

type Contestant = {
  protocol: "socket.io" | "ws";
  server: Server;
  sockets: Helper<SocketJob, SocketAnswer>;
};
type Times = { p50: number; p99: number };

/** Measures one number of sockets: all contestants keep theirs connected meanwhile. */
const measure = async (
  contestants: ReadonlyMap<string, Contestant>,
  count: number,
  { quick, say }: Settings,
): Promise<Figure[]> => {
  say(`live: ${count} sockets connect`);
  const memory = new Map<string, number[]>();
  for (const [name, { protocol, server, sockets }] of contestants) {
    const before = await server.usage();
    await sockets.ask({ kind: "connect", url: server.url, protocol, count });
    const after = await server.usage();
    memory.set(name, [(after.memory - before.memory) / 1024 / count]);
  }
  const oneByOne: Contestants<Times> = new Map();
  const sustained: Contestants<number> = new Map();
  for (const [name, { sockets }] of contestants) {
    oneByOne.set(name, async () => {
      const { times } = await sockets.ask({ kind: "one by one", messages: quick ? 50 : 200 });
      const sorted = times.toSorted((a, b) => a - b);
      return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
    });
    sustained.set(name, async () => {
      const seconds = quick ? 0.5 : 1;
      return (await sockets.ask({ kind: "sustained", connections: 20, seconds })).perSecond;
    });
  }
  say(`live: ${count} sockets`);
  const rounds = quick ? 3 : 5;
  const times = await inTurns(oneByOne, rounds);
  const rates = await inTurns(sustained, rounds);
  for (const { sockets } of contestants.values()) await sockets.ask({ kind: "disconnect" });
  const title = `${count.toLocaleString("en")} sockets`;
  return [
    figureOf("live", `${title}, POST to recipient, p50`, "ms", times, ({ p50 }) => p50),
    figureOf("live", `${title}, POST to recipient, p99`, "ms", times, ({ p99 }) => p99),
    figureOf("live", `${title}, messages sustained`, "/s", rates, (rate) => rate),
    // A few sockets are lost in what else the memory does.
    ...(count < 500
      ? []
      : [figureOf("live", `${title}, memory of an idle one`, "KB", memory, (size) => size)]),
  ];
};

const run = async (settings: Settings): Promise<Figure[]> => {
  const counts = settings.quick ? COUNTS.filter((count) => count <= 500) : COUNTS;
  const copy = copyOf(settings.app);
  const contestants = new Map<string, Contestant>();
  const start = async (name: string, protocol: Contestant["protocol"], file: string) => {
    const server = await startServer(["--expose-gc", file]);
    contestants.set(name, {
      protocol,
      server,
      sockets: startHelper(join(LIB, "sockets-process.ts")),
    });
  };
  try {
    await start("the app", "socket.io", copy.file);
    fillDatabase(copy.database, { users: Math.max(...counts), messages: 100, ofOne: 100 });
    await start("Socket.IO", "socket.io", join(SERVERS, "socket-io.ts"));
    await start("ws", "ws", join(SERVERS, "ws.ts"));
    const figures: Figure[] = [];
    for (const count of counts) figures.push(...(await measure(contestants, count, settings)));
    return figures;
  } finally {
    for (const { server, sockets } of contestants.values()) {
      await Promise.all([server.stop(), sockets.stop()]);
    }
    copy.remove();
  }
};

/** From POST to the recipient's socket, and what a server with many sockets can do and needs. */
export const part: Part = {
  summary: "a message from POST to its recipient; memory of sockets",
  run,
};
