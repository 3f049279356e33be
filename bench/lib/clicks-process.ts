/** Sockets that click, and hear of the clicks of all: one clock for both. */

import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import { answerJobs } from "./answer-jobs.ts";
import type { ClickAnswer, ClickJob } from "./clicks.ts";

type Page = { socket: Socket; user: string; heard: number };

/** In ms: what was not heard by then was lost. */
const LOST = 30_000;
/** So many connect at the same time: all at once would make them wait for each other. */
const AT_ONCE = 50;
/** In ms, from one click to the next: even two sockets that take turns keep the limit of 20 a second. */
const PAUSE = 30;
/** In ms: whoever has just come is told of those who come after. */
const SETTLE = 1000;

let pages: Page[] = [];

const open = (url: string, user: string) =>
  new Promise<Page>((resolve, reject) => {
    const path = "/api/socket.io";
    const socket = io(url, { path, transports: ["websocket"], forceNew: true });
    const page = { socket, user, heard: 0 };
    socket.on("click", () => {
      page.heard += 1;
    });
    socket.on("connect_error", reject);
    socket.on("connect", () => socket.emit("auth", user, () => resolve(page)));
  });

const connect = async (url: string, count: number): Promise<void> => {
  for (let first = 0; first < count; first += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - first) });
    pages.push(...(await Promise.all(some.map((_, at) => open(url, `page ${first + at}`)))));
  }
  await sleep(SETTLE);
};

const click = async ({ socket, user }: Page): Promise<void> => {
  const { error } = await socket.timeout(LOST).emitWithAck("click", { user });
  if (error) throw new Error(`a click was refused: ${error}`);
};

/** Clicks on one socket; ms until another one hears of it. Nobody else clicks meanwhile. */
const clickOne = async (at: number): Promise<number> => {
  const count = pages.length;
  const other = (at + 1 + Math.floor(Math.random() * (count - 1))) % count;
  const [from, to] = [pages[at % count], pages[other]];
  if (!from || !to || from === to) throw new Error("two sockets are needed");
  const { promise: heard, resolve, reject } = Promise.withResolvers<number>();
  const lost = setTimeout(reject, LOST, new Error("a click was lost"));
  const start = performance.now();
  to.socket.once("click", () => resolve(performance.now() - start));
  const [time] = await Promise.all([heard, click(from)]);
  clearTimeout(lost);
  return time;
};

/** Waits until all have heard so many clicks more than they had. */
const untilHeard = async (before: readonly number[], clicks: number): Promise<void> => {
  const isBehind = ({ heard }: Page, at: number) => heard < (before[at] ?? 0) + clicks;
  for (const end = performance.now() + LOST; pages.some(isBehind); await sleep(1)) {
    if (performance.now() > end) throw new Error("a click was not heard by all");
  }
};

const sustain = async ({ seconds, senders, pause }: ClickJob & { kind: "sustained" }) => {
  const before = pages.map(({ heard }) => heard);
  const start = performance.now();
  const end = start + seconds * 1000;
  let clicks = 0;
  const sendOn = async (page: Page) => {
    for (let next = start + Math.random() * pause; next < end; ) {
      if (next > performance.now()) await sleep(next - performance.now());
      await click(page);
      clicks += 1;
      // Who is late does not catch up: that would be faster than the pause allows.
      next = Math.max(next + pause, performance.now());
    }
  };
  await Promise.all(pages.slice(0, senders).map(sendOn));
  await untilHeard(before, clicks);
  return { clicks, perSecond: clicks / ((performance.now() - start) / 1000) };
};

const answer = async (job: ClickJob): Promise<ClickAnswer> => {
  const told: ClickAnswer = { times: [], clicks: 0, perSecond: 0 };
  if (job.kind === "connect") await connect(job.url, job.count);
  if (job.kind === "disconnect") {
    for (const { socket } of pages) socket.disconnect();
    pages = [];
    await sleep(SETTLE);
  }
  if (job.kind === "one by one") {
    for (; told.clicks < job.clicks; told.clicks += 1) {
      told.times.push(await clickOne(told.clicks));
      await sleep(PAUSE);
    }
  }
  return job.kind === "sustained" ? { ...told, ...(await sustain(job)) } : told;
};

answerJobs(answer);
