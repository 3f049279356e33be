import { expect, test } from "vitest";
import { ask, eventually, type Server } from "#testkit";
import { faultOn, join, newAccount, of, useApp, username } from "../helpers.ts";

/** So many KiB that a hash takes a while. */
const HASH_MEMORY = "8192";

const app = useApp();

/** Many register at once at a server. */
const crowd = (count: number, server: Server) =>
  Promise.all(
    Array.from({ length: count }, () =>
      app.form(app.visitor(server), "/register", newAccount(username()), app.ofPage(server)),
    ),
  );
const count = (answers: { status: number }[], status: number) =>
  answers.filter((it) => it.status === status).length;

test("of 60 who come at once, at least 22 are served, and others are asked to come again", async () => {
  const server = await app.another({ env: { HASH_MEMORY } });
  const answers = await crowd(60, server);
  expect(count(answers, 303) + count(answers, 429)).toBe(60);
  expect(count(answers, 303), "served").toBeGreaterThanOrEqual(22);
  expect(count(answers, 429), "asked to come again").toBeGreaterThanOrEqual(1);
  // 22, and those who found a place of somebody who was ready before all had come.
  expect(count(answers, 303), "served").toBeLessThan(45);
  for (const answer of answers) {
    if (answer.status !== 429) continue;
    expect(Number(answer.headers.get("retry-after")), "Retry-After, in seconds").toBeGreaterThan(0);
    expect(faultOn(answer)).toMatch(/\S/);
  }
});

test("20 who come at once are all served", async () => {
  const server = await app.another({ env: { HASH_MEMORY } });
  expect(count(await crowd(20, server), 303)).toBe(20);
});

test("when the crowd is gone, it is as before: as many are served, and as few", async () => {
  const server = await app.another({ env: { HASH_MEMORY } });
  for (let crowds = 0; crowds < 4; crowds += 1) {
    const answers = await crowd(60, server);
    expect(count(answers, 303), "served").toBeGreaterThanOrEqual(22);
    expect(count(answers, 429), "asked to come again").toBeGreaterThanOrEqual(1);
  }
  expect(count(await crowd(20, server), 303)).toBe(20);
});

test("two hashes are made at a time, and no third: of three threads one stays free for files", async () => {
  const env = { HASH_MEMORY: "32768", UV_THREADPOOL_SIZE: "3" };
  const server = await app.another({ env });
  const visitor = app.visitor(server);
  // Also when places were taken and given back before.
  await crowd(8, server);
  let served = 0;
  const all = Array.from({ length: 10 }, async () => {
    const [answer] = await crowd(1, server);
    served += 1;
    return answer?.status;
  });
  await Promise.race(all);
  const before = served;
  expect(await visitor.get("/style.css")).toMatchObject({ status: 200, type: "text/css" });
  // A file is looked for, opened and read: where no thread is free, each of these waits for a hash.
  expect(served - before, "served before a file was read").toBeLessThanOrEqual(2);
  expect(new Set(await Promise.all(all))).toEqual(new Set([303]));
});

test("a form that is refused takes nobody's place", async () => {
  const server = await app.another({ env: { HASH_MEMORY } });
  const bad = { ...newAccount(username()), confirmation: "" };
  const refused = await Promise.all(
    Array.from({ length: 60 }, () =>
      app.form(app.visitor(server), "/register", bad, app.ofPage(server)),
    ),
  );
  expect(count(refused, 422)).toBe(60);
  expect(count(await crowd(20, server), 303)).toBe(20);
});

test("while a crowd is at the door, those who chat go on", async () => {
  const server = await app.another({ env: { HASH_MEMORY } });
  const [one, two] = [await app.chatter(undefined, server), await app.chatter(undefined, server)];
  for (const each of [one, two]) await join(each);
  await eventually(() => of("matched", one.heard)).toHaveLength(1);
  let isOver = false;
  const answers = crowd(40, server).finally(() => {
    isOver = true;
  });
  expect(await ask(one.socket, "message", { text: "still there?" })).toEqual({ state: "paired" });
  await eventually(() => of("message", two.heard)).toHaveLength(1);
  expect(isOver, "whether the crowd was served first").toBe(false);
  expect(count(await answers, 303)).toBeGreaterThanOrEqual(22);
});
