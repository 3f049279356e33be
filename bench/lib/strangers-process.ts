/** Strangers who wait, meet and talk: one clock for who writes and who reads. And others who log in. */

import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import { answerJobs } from "./answer-jobs.ts";
import type { StrangerAnswer, StrangerJob } from "./strangers.ts";

type Matched = { you: string; partners: string[] };
type Stranger = {
  socket: Socket;
  /** Of the last round: what it was told, how often, and when. */
  matched: Matched | undefined;
  times: number;
  at: number;
};

/** In ms: what has not come by then was lost. */
const LOST = 30_000;
/** So many connect at the same time: all at once would make them wait for each other. */
const AT_ONCE = 50;
/** In ms, between two messages: nobody writes without end. */
const PAUSE = 3;
const PASSWORD = "correct horse battery";

let strangers: Stranger[] = [];
/** When the round is due, by our clock. */
let due = 0;

/** The cookie of a session, as a page of the chat gives it; undefined where the server gives none. */
const cookieOf = async (url: string): Promise<string | undefined> => {
  const response = await fetch(`${url}/chat`);
  await response.text();
  return response.headers.getSetCookie()[0]?.split(";", 1)[0];
};

const open = async (url: string): Promise<Stranger> => {
  const cookie = await cookieOf(url);
  const socket = io(url, {
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    ...(cookie !== undefined && { extraHeaders: { cookie } }),
  });
  const stranger: Stranger = { socket, matched: undefined, times: 0, at: 0 };
  socket.on("matched", (matched) => {
    stranger.matched = matched;
    stranger.times += 1;
    stranger.at = performance.now();
  });
  return new Promise((resolve, reject) => {
    socket.on("connect", () => resolve(stranger)).on("connect_error", reject);
  });
};

const connect = async (url: string, count: number): Promise<void> => {
  for (let first = 0; first < count; first += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - first) }, () => open(url));
    strangers.push(...(await Promise.all(some)));
  }
};

const ask = async ({ socket }: Stranger, event: string, ...values: unknown[]): Promise<void> => {
  const { error } = await socket.timeout(LOST).emitWithAck(event, ...values);
  if (error) throw new Error(`${event}: ${error}`);
};

const until = async (isDone: () => boolean, what: string): Promise<void> => {
  for (const end = performance.now() + LOST; !isDone(); await sleep(1)) {
    if (performance.now() > end) throw new Error(`${what}: not after ${LOST / 1000} s`);
  }
};

const join = async (wait: number): Promise<void> => {
  for (const stranger of strangers) Object.assign(stranger, { matched: undefined, times: 0 });
  const [first, second, ...others] = strangers;
  if (!first || !second) throw new Error("two are needed");
  await ask(first, "join");
  await ask(second, "join");
  due = performance.now() + wait;
  await Promise.all(others.map((other) => ask(other, "join")));
  if (performance.now() > due) throw new Error("the round began before all were waiting");
};

/** @throws unless each is in exactly one pair, with somebody else who is told the same */
const demandPairs = (): void => {
  const byName = new Map(strangers.map((it) => [it.matched?.you, it]));
  if (byName.size !== strangers.length) throw new Error("two bear one name, or were not matched");
  for (const { matched, times } of strangers) {
    const [partner, ...more] = matched?.partners ?? [];
    const isPair = more.length === 0 && times === 1 && partner !== matched?.you;
    const back = byName.get(partner)?.matched?.partners[0];
    if (!isPair || back !== matched?.you) throw new Error(`no pair: ${JSON.stringify(matched)}`);
  }
};

/** One of each pair, and the other. */
const pairs = (): [Stranger, Stranger][] => {
  const byName = new Map(strangers.map((it) => [it.matched?.you, it]));
  return strangers.flatMap((it): [Stranger, Stranger][] => {
    const { you = "", partners: [partner = ""] = [] } = it.matched ?? {};
    const other = byName.get(partner);
    return other && you < partner ? [[it, other]] : [];
  });
};

const match = async (part: boolean): Promise<number> => {
  await until(() => strangers.every(({ times }) => times > 0), "all are matched");
  demandPairs();
  const last = Math.max(...strangers.map(({ at }) => at)) - due;
  if (part) {
    await Promise.all(
      pairs().map(async ([one, two]) => {
        const told = new Promise((resolve) => two.socket.once("partner_left", resolve));
        await ask(one, "leave");
        await told;
      }),
    );
  }
  return last;
};

let written = 0;
/** Writes one message; ms until the partner reads it. */
const write = async (all: [Stranger, Stranger][]): Promise<number> => {
  const both = all[Math.floor(Math.random() * all.length)];
  if (!both) throw new Error("nobody is paired");
  const [from, to] = Math.random() < 0.5 ? both : both.toReversed();
  if (!from || !to) throw new Error("nobody is paired");
  written += 1;
  const text = `message number ${written}`;
  const { promise: read, resolve, reject } = Promise.withResolvers<number>();
  const lost = setTimeout(reject, LOST, new Error("a message was lost"));
  const listen = (message: { text: string }) => {
    // What they have written themselves, just before, comes back to them, too.
    if (message.text === text) resolve(performance.now() - start);
  };
  to.socket.on("message", listen);
  const start = performance.now();
  const [time] = await Promise.all([read, ask(from, "message", { text })]);
  to.socket.off("message", listen);
  clearTimeout(lost);
  return time;
};

/** Writes as long as it is to go on. */
const talk = async (goesOn: (times: number[]) => boolean): Promise<number[]> => {
  const all = pairs();
  const times: number[] = [];
  while (goesOn(times)) {
    times.push(await write(all));
    await sleep(PAUSE);
  }
  return times;
};

/** Sends a form without a cookie, as a browser does whose visitor has never been here. */
const send = async (url: string, path: string, fields: Record<string, string>): Promise<void> => {
  const response = await fetch(url + path, {
    method: "POST",
    redirect: "manual",
    headers: { origin: url },
    body: new URLSearchParams(fields),
  });
  await response.text();
  const isIn = response.status === 303 && response.headers.get("location") === "/";
  if (!isIn) throw new Error(`${path}: ${response.status} ${response.headers.get("location")}`);
};

const account = (number: number) => ({ username: `stranger_${number}`, password: PASSWORD });

const logIn = async ({ url, count, atOnce, seconds }: StrangerJob & { kind: "log in" }) => {
  const start = performance.now();
  let [begun, logins] = [0, 0];
  const goOn = async () => {
    while (performance.now() < start + seconds * 1000) {
      begun += 1;
      await send(url, "/login", account(begun % count));
      logins += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, goOn));
  return { logins, perSecond: logins / ((performance.now() - start) / 1000) };
};

const answer = async (job: StrangerJob): Promise<StrangerAnswer> => {
  const told: StrangerAnswer = { times: [], logins: 0, perSecond: 0 };
  if (job.kind === "connect") await connect(job.url, job.count);
  if (job.kind === "join") await join(job.wait);
  if (job.kind === "match") told.times.push(await match(job.part));
  if (job.kind === "talk") told.times = await talk((times) => times.length < job.messages);
  if (job.kind === "talk on") {
    const end = performance.now() + job.seconds * 1000;
    told.times = await talk(() => performance.now() < end);
  }
  if (job.kind === "register") {
    for (let number = 0; number < job.count; number += 1) {
      await send(job.url, "/register", { ...account(number), confirmation: PASSWORD });
    }
  }
  if (job.kind === "disconnect") {
    for (const { socket } of strangers) socket.disconnect();
    strangers = [];
    // Those who come next do not meet them any more.
    await sleep(500);
  }
  return job.kind === "log in" ? { ...told, ...(await logIn(job)) } : told;
};

answerJobs(answer);
