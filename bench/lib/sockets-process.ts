/** The sockets of all recipients, and the one who posts to them: one clock for both. */

import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { io } from "socket.io-client";
import { WebSocket } from "ws";
import { answerJobs } from "./answer-jobs.ts";
import type { SocketAnswer, SocketJob } from "./sockets.ts";

type Connected = { url: string; count: number; close: () => void };

/** In ms: what has not arrived by then was lost. */
const LOST = 10_000;
/** So many connect at the same time: all at once would make them wait for each other. */
const AT_ONCE = 50;

let connected: Connected | undefined;
/** What is on its way, by its content: called when it arrives. */
const awaited = new Map<string, () => void>();
const arrive = (message: { content: string }): void => awaited.get(message.content)?.();

const connectOne = (url: string, protocol: "socket.io" | "ws", nickname: string) =>
  new Promise<() => void>((resolve, reject) => {
    if (protocol === "socket.io") {
      const socket = io(url, { transports: ["websocket"], forceNew: true, reconnection: false });
      socket.on("message", arrive).on("connect_error", reject);
      socket.on("connect", () =>
        socket.emit("connect-ack", nickname, () => resolve(() => socket.disconnect())),
      );
    } else {
      const socket = new WebSocket(url);
      socket.on("error", reject).on("open", () => socket.send(nickname));
      socket.once("message", () => {
        socket.on("message", (text) => arrive(JSON.parse(String(text))));
        resolve(() => socket.close());
      });
    }
  });

const connect = async (job: SocketJob & { kind: "connect" }): Promise<void> => {
  const closers: (() => void)[] = [];
  for (let first = 1; first <= job.count; first += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, job.count - first + 1) });
    const some = numbers.map((_, index) => connectOne(job.url, job.protocol, `u${first + index}`));
    closers.push(...(await Promise.all(some)));
  }
  const close = () => {
    for (const closeOne of closers) closeOne();
  };
  connected = { url: job.url, count: job.count, close };
};

const agent = new Agent({ keepAlive: true });
let number = 0;

/** Posts one message from u1 to another one; ms until it has arrived there, Infinity if it has not. */
const postOne = async ({ url, count }: Connected): Promise<number> => {
  const content = `message number ${number++}`;
  const recipient_id = 2 + Math.floor(Math.random() * (count - 1));
  const body = JSON.stringify({ author_id: recipient_id, recipient_id, content });
  const { promise: arrived, resolve } = Promise.withResolvers<number>();
  const lost = setTimeout(resolve, LOST, Number.POSITIVE_INFINITY);
  const start = performance.now();
  awaited.set(content, () => resolve(performance.now() - start));
  const answered = new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json" };
    request(`${url}/api/messages`, { method: "POST", agent, headers }, (response) => {
      response.resume().on("end", resolve);
    })
      .on("error", reject)
      .end(body);
  });
  const [time] = await Promise.all([arrived, answered]);
  clearTimeout(lost);
  awaited.delete(content);
  return time;
};

const answer = async (job: SocketJob): Promise<SocketAnswer> => {
  const times: number[] = [];
  let perSecond = 0;
  if (job.kind === "connect") await connect(job);
  if (job.kind === "disconnect") {
    connected?.close();
    await sleep(200);
  }
  if (job.kind === "one by one" && connected) {
    for (let index = 0; index < job.messages; index++) times.push(await postOne(connected));
  }
  if (job.kind === "sustained" && connected) {
    const to = connected;
    const start = performance.now();
    const end = start + job.seconds * 1000;
    const sendOn = async () => {
      while (performance.now() < end) times.push(await postOne(to));
    };
    await Promise.all(Array.from({ length: job.connections }, sendOn));
    perSecond = times.length / ((performance.now() - start) / 1000);
  }
  if (times.includes(Number.POSITIVE_INFINITY)) throw new Error("a message was lost");
  return { times, perSecond };
};

answerJobs(answer);
