import { spawnSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import Database from "better-sqlite3";
import { afterEach, describe, expect, test } from "vitest";
import { readCourse } from "../course/course.ts";
import { type App, startApp } from "../testkit/app.ts";
import { request } from "../testkit/request.ts";
import { ask, connectSocket, untilRead } from "../testkit/socket.ts";

const root = resolve(import.meta.dirname, "../..");
const steps = join(root, "steps");
const counter = readCourse({ root }, "sequels/counter");
/** The last step of the course counter. */
const button = join(root, counter.folder, counter.steps.at(-1)?.id ?? "");
/** The first steps that store a user and a message, and the last one. */
const STEPS = ["02b", "07b", "19"];
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  // In this order: a folder with a disk in it cannot be removed.
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const mount = (...args: string[]) => spawnSync("mount", args).status === 0;

/** A file system of `size` bytes at a folder, or why there is none. */
const smallDisk = (folder: string, size: number): string | undefined => {
  if (process.platform !== "linux") return "only Linux mounts a tmpfs";
  mkdirSync(folder, { recursive: true });
  if (!mount("-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder))
    return "a tmpfs can be mounted by root alone";
  cleanups.push(() => spawnSync("umount", ["--lazy", folder]));
  return undefined;
};

const start = async (step: string, prepare?: (folder: string) => void): Promise<App> => {
  const app = await startApp(resolve(steps, step), prepare ? { prepare } : {});
  cleanups.push(app.stop);
  return app;
};
/** An app on a disk of 512 kB; where there can be none on the build server, that is a fault. */
const startOnSmallDisk = async (step: string, skip: (why: string) => void): Promise<App> => {
  let problem: string | undefined;
  const app = await start(step, (folder) => {
    problem = smallDisk(join(folder, "instance"), 512 * 1024);
  });
  if (problem !== undefined && process.env.CI) throw new Error(problem);
  if (problem !== undefined) skip(problem);
  return app;
};
const post = (app: App, path: string, body: object) =>
  request(app.url + path, { method: "POST", body });
const user = (number: number) => ({
  name: "x".repeat(90) + number,
  email: `user-${number}@example.org`,
  nickname: `user-${number}`,
});
/** Stores the how-manieth row of a step: a user, or a message between the first two users. */
const store = (app: App, step: string, number: number) =>
  step === "02b" || number < 2
    ? post(app, "/api/users", user(number))
    : post(app, "/api/messages", {
        author_id: 1,
        recipient_id: 2,
        content: `${number} `.padEnd(1900, "x"),
      });

/** What a second program reads from the database after the app has ended. */
const storedRows = (app: App, step: string): number[] => {
  const database = new Database(join(app.folder, "instance", "chat.db"), { readonly: true });
  try {
    const table = step === "02b" ? "users" : "messages";
    return database.prepare<[], number>(`SELECT id FROM ${table} ORDER BY id`).pluck().all();
  } finally {
    database.close();
  }
};

describe("what is answered 201 is stored", () => {
  test.for(STEPS)("step %s: on a disk that fills up", async (step, { skip }) => {
    const app = await startOnSmallDisk(step, skip);
    const acknowledged: number[] = [];
    const refused: number[] = [];
    for (let number = 0; number < 5000 && refused.length < 20; number += 1) {
      const answer = await store(app, step, number);
      if (answer.status === 201 && (step === "02b" || number >= 2))
        acknowledged.push(answer.json.id);
      if (answer.status === 201) continue;
      expect(answer).toMatchObject({ status: 500, json: { error: expect.any(String) } });
      expect(answer.text).not.toMatch(/SQL|disk/i);
      refused.push(number);
    }
    expect(refused.length, "posts that the full disk refused").toBe(20);
    expect(new Set(acknowledged).size, "no id is given twice").toBe(acknowledged.length);
    expect(app.log()).toMatch(/database or disk is full/);
    expect(await request(`${app.url}/api/version`)).toMatchObject({ status: 200 });
    await app.restart();
    expect(storedRows(app, step)).toEqual(acknowledged);
  });

  test.for(STEPS)("step %s: the log of the database stays small over 3,000 posts", async (step) => {
    const app = await start(step);
    const size = (name: string) =>
      statSync(join(app.folder, "instance", name), { throwIfNoEntry: false })?.size ?? 0;
    let largest = 0;
    for (let number = 0; number < 3000; number += 1) {
      expect(await store(app, step, number)).toMatchObject({ status: 201 });
      if (number % 100 === 0) largest = Math.max(largest, size("chat.db-wal"));
    }
    expect(Math.max(largest, size("chat.db-wal")), "bytes of chat.db-wal").toBeLessThan(10_000_000);
    expect(size("chat.db"), "bytes of chat.db").toBeGreaterThan(200_000);
  });
});

describe("what counter acknowledges is stored", () => {
  const connect = (app: App) => connectSocket(app.url, { path: "/api/socket.io" });

  test("on a disk that fills up: the others are refused, and nobody hears of them", async ({
    skip,
  }) => {
    const app = await startOnSmallDisk(button, skip);
    const witness = await connect(app);
    let heard = 0;
    witness.on("click", () => {
      heard += 1;
    });
    const click = { user: "🙂".repeat(15), comment: "🙂".repeat(75) };
    let [acknowledged, refused] = [0, 0];
    // A connection may send twenty at once: then comes another one.
    for (let round = 0; round < 200 && refused < 20; round += 1) {
      const socket = await connect(app);
      for (let at = 0; at < 20 && refused < 20; at += 1) {
        const { error } = (await ask(socket, "click", click)) as { error?: string };
        if (error === undefined) acknowledged += 1;
        else refused += 1;
        expect([undefined, "Internal server error"]).toContain(error);
      }
      socket.close();
    }
    expect(refused, "clicks that the full disk refused").toBe(20);
    await untilRead(witness);
    expect(heard).toBe(acknowledged);
    expect(app.log()).toMatch(/database or disk is full/);
    await app.restart();
    const { json } = await request(`${app.url}/api/current_stats`);
    expect(json.click_count_total).toBe(acknowledged);
    expect(await request(`${app.url}/api/users`)).toMatchObject({
      json: [{ click_count: acknowledged }],
    });
  });

  test("a damaged database: it does not start, and says in one line which file it is", async () => {
    const damage = (folder: string) => {
      mkdirSync(join(folder, "instance"));
      writeFileSync(join(folder, "instance/counter.db"), "no database ".repeat(1000));
    };
    await expect(startApp(button, { prepare: damage })).rejects.toThrow(
      /\(exit code 1\)\nCannot use \S+counter\.db \(.*not a database.*\): .* move it away\.$/,
    );
  });

  test("an event of two megabytes ends its own connection, and nothing else", async () => {
    const app = await start(button);
    const [other, large] = [await connect(app), await connect(app)];
    const gone = new Promise((end) => large.once("disconnect", end));
    large.emit("click", { user: "Ada", comment: "x".repeat(2_000_000) });
    await gone;
    expect(await ask(other, "click", { user: "Ada" })).toEqual({});
    const { json } = await request(`${app.url}/api/current_stats`);
    expect(json.click_count_total).toBe(1);
  });
});
