import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { copyOf } from "./app.ts";
import { type Server, startServer } from "./server.ts";
import { copyTalkative, finishedStranger } from "./stranger.ts";
import { fuzzStranger } from "./stranger-fuzz.ts";
import { Limit } from "./stranger-limit.ts";
import { startStrangers } from "./strangers.ts";

const root = resolve(import.meta.dirname, "../..");

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const started = async (file: string, env: Record<string, string>): Promise<Server> => {
  const server = await startServer([file], { env: { HASH_MEMORY: "64", ...env } });
  ends.push(() => server.stop());
  return server;
};

/** Twenty strangers of a server meet, write, part, and meet again. */
const meetOn = async ({ url }: Server) => {
  const strangers = startStrangers();
  ends.push(() => strangers.stop());
  await strangers.ask({ kind: "connect", url, count: 20 });
  await strangers.ask({ kind: "join", wait: 1000 });
  await strangers.ask({ kind: "match", part: true });
  await strangers.ask({ kind: "join", wait: 1000 });
  const { times: rounds } = await strangers.ask({ kind: "match", part: false });
  const { times } = await strangers.ask({ kind: "talk", messages: 30 });
  await strangers.ask({ kind: "disconnect" });
  return { rounds, times };
};

test("strangers of an app without its limit meet and talk, and others log in", async () => {
  const copy = copyTalkative(root);
  ends.push(copy.remove);
  const server = await started(copy.file, { MATCH_MS: "1000" });
  const { rounds, times } = await meetOn(server);
  expect(rounds).toHaveLength(1);
  expect(times).toHaveLength(30);
  const others = startStrangers();
  ends.push(() => others.stop());
  const { url } = server;
  await others.ask({ kind: "register", url, count: 3 });
  const logins = { kind: "log in", url, count: 3, atOnce: 3, seconds: 0.2 } as const;
  expect((await others.ask(logins)).logins).toBeGreaterThan(2);
});

test("strangers of the empty server meet and talk", async () => {
  const file = join(root, "bench", "servers", "relay.ts");
  const { times } = await meetOn(await started(file, { MATCH_MS: "1000" }));
  expect(times).toHaveLength(30);
});

/** What random operations find wrong with the finished app, or with one that has a fault. */
const fuzzed = async (operations: number, fault?: { file: string; from: string; to: string }) => {
  const copy = copyOf(finishedStranger(root));
  ends.push(copy.remove);
  if (fault) {
    const file = join(copy.folder, "lib", fault.file);
    const text = readFileSync(file, "utf8");
    expect(text).toContain(fault.from);
    writeFileSync(file, text.replace(fault.from, fault.to));
  }
  const { url } = await started(copy.file, { MATCH_MS: "50" });
  return fuzzStranger({ url, seed: 7, operations, say: () => {} });
};

test("random operations find nothing wrong with the finished app", async () => {
  expect((await fuzzed(500)).operations).toBeGreaterThanOrEqual(500);
});

test.each([
  [
    "who is lost has left",
    { file: "chat.ts", from: 'lobby.lose(member), "lost")', to: 'lobby.lose(member), "left")' },
  ],
  ["an account meets itself", { file: "lobby.ts", from: "|| one.name === two.name", to: "" }],
  [
    "who has left keeps the room",
    { file: "lobby.ts", from: "this.#rooms.delete(member);", to: "" },
  ],
  [
    "a message goes to all",
    { file: "chat.ts", from: 'io.to(id).emit("message"', to: 'io.emit("message"' },
  ],
])("random operations find it where %s", async (_fault, change) => {
  await expect(fuzzed(5000, change)).rejects.toThrow("seed 7: a breach after");
});

test("a limit that is seen from outside is judged where it can be known, and not elsewhere", () => {
  const limit = new Limit(2, 1000);
  expect(limit.judge(0, 10, false)).toBeUndefined();
  expect(limit.judge(20, 30, true)).toBe("too fast after 1 in 1000 ms");
  expect(limit.judge(40, 50, false)).toBeUndefined();
  expect(limit.judge(60, 70, true)).toBeUndefined();
  expect(limit.judge(80, 90, false)).toBe("3 in 1000 ms passed");
  // The first was counted between 0 and 10: at 1005, both answers may be right.
  const late = new Limit(1, 1000);
  expect(late.judge(0, 10, false)).toBeUndefined();
  expect(late.judge(1004, 1006, true)).toBeUndefined();
  expect(late.judge(1004, 1006, false)).toBeUndefined();
});
