import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import Database from "better-sqlite3";
import type { Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type App, eventually, request, startApp } from "#testkit";
import { readCourse } from "../course/course.ts";
import { connectSocket } from "../testkit/socket.ts";

// The check of counter's step 06 kills the app at a few moments, so that a learner need not wait.
// Here it is killed at fifty, and what was acknowledged is there each time.
const root = resolve(import.meta.dirname, "../..");
const course = readCourse({ root }, "sequels/counter");
const folder = join(root, course.folder);
let app: App;
const sockets: Socket[] = [];
beforeAll(async () => {
  app = await startApp(join(folder, course.steps.at(-1)?.id ?? ""), { course: folder });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(() => app?.stop());

type Kind = "click" | "event";
const KINDS = ["click", "event"] as const;
/** A name that nobody had before: its row of `users` is a new one. */
let names = 0;
const sent = (kind: Kind, user = `new ${++names}`) =>
  kind === "click" ? { user, comment: "once more" } : { user, name: "rain" };
const file = () => join(app.folder, "instance/counter.db");
const open = (timeout = 20_000) => new Database(file(), { timeout });
const connect = async () => {
  const socket = await connectSocket(app.url, { path: "/api/socket.io" });
  sockets.push(socket);
  return socket;
};

/** What each table has counted of a kind, and the state of the file. */
const counted = () => {
  const database = open();
  const read = (sql: string) => database.prepare(sql).pluck().get() as number;
  const [click, event] = KINDS.map((kind) => ({
    rows: read(`SELECT count(*) FROM ${kind}s`),
    users: read(`SELECT ifnull(sum(${kind}s), 0) FROM users`),
    hours: read(`SELECT ifnull(sum(${kind}s), 0) FROM hours`),
  })) as [Counted, Counted];
  const state = database.pragma("integrity_check", { simple: true });
  database.close();
  return { click, event, state };
};
type Counted = { rows: number; users: number; hours: number };

/** All tables have the same, and what the app answers is what they have. */
const agree = async () => {
  const { click, event, state } = counted();
  expect(state).toBe("ok");
  const { json } = await request(`${app.url}/api/current_stats`);
  expect(json).toMatchObject({ click_count_total: click.rows, event_count_total: event.rows });
  for (const { rows, users, hours } of [click, event])
    expect({ users, hours }).toEqual({ users: rows, hours: rows });
  return { click: click.rows, event: event.rows };
};

/** Whether the app holds the database: it does so inside a transaction alone. */
const isInside = () => {
  const database = open(0);
  try {
    database.exec("BEGIN IMMEDIATE");
    return false;
  } catch {
    return true;
  } finally {
    database.close();
  }
};

const statements = KINDS.flatMap((kind) =>
  [`${kind}s`, "users", "hours"].flatMap((table) =>
    ["BEFORE", "AFTER"].map((when) => ({ kind, table, when })),
  ),
);
test.for(statements)(
  "killed $when $table is written for one $kind: nothing of it is kept",
  async ({ kind, table, when }) => {
    const before = await agree();
    const socket = await connect();
    const database = open();
    // Holds the transaction at this statement for so long that the kill comes in the middle.
    for (const moment of ["INSERT", "UPDATE"])
      database.exec(`
        CREATE TRIGGER hold_${moment} ${when} ${moment} ON ${table} BEGIN
          SELECT count(*) FROM (
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number)
            SELECT n FROM number LIMIT 500000000
          );
        END
      `);
    database.close();
    let acknowledged = 0;
    socket.emit(kind, sent(kind), () => {
      acknowledged += 1;
    });
    await eventually(isInside).toBe(true);
    await app.restart("SIGKILL");
    const again = open();
    for (const moment of ["INSERT", "UPDATE"]) again.exec(`DROP TRIGGER hold_${moment}`);
    again.close();
    expect(acknowledged).toBe(0);
    expect(await agree()).toEqual(before);
  },
);

/** Sends one, kills the app as soon as `hasCome`, and looks whether all of it was kept. */
const killAfterCommit = async (kind: Kind, hasCome: () => boolean) => {
  const before = await agree();
  (await connect()).emit(kind, sent(kind));
  while (!hasCome()) await turn();
  await app.restart("SIGKILL");
  expect(await agree()).toEqual({ ...before, [kind]: before[kind] + 1 });
};

test.for([1, 2, 3].flatMap((round) => KINDS.map((kind) => [kind, round] as const)))(
  "killed as soon as others see what is committed, one %s: it is kept (%i)",
  async ([kind]) => {
    const database = open();
    // Another number as soon as another connection has committed.
    const version = () => database.pragma("data_version", { simple: true });
    const first = version();
    try {
      await killAfterCommit(kind, () => version() !== first);
    } finally {
      database.close();
    }
  },
);

test.for([1, 2].flatMap((round) => KINDS.map((kind) => [kind, round] as const)))(
  "killed when one %s is acknowledged, and forty are still to hear of it: it is kept (%i)",
  async ([kind]) => {
    const before = await agree();
    const [socket] = await Promise.all(Array.from({ length: 41 }, connect));
    const killed = Promise.withResolvers<void>();
    // At once, in the turn in which the answer has come.
    socket?.emit(kind, sent(kind), (answer: object) => {
      killed.resolve(app.restart("SIGKILL"));
      expect(answer).toEqual({});
    });
    await killed.promise;
    expect(await agree()).toEqual({ ...before, [kind]: before[kind] + 1 });
  },
);

/** Six connections send one after the other, until the app is killed; then all is compared. */
const killUnderLoad = async (until: (acknowledged: () => number) => Promise<unknown>) => {
  const before = await agree();
  const asked = { click: 0, event: 0 };
  const acknowledged = { click: 0, event: 0 };
  let isOver = false;
  const goOn = (socket: Socket, kind: Kind) => {
    if (isOver) return;
    asked[kind] += 1;
    socket.emit(kind, sent(kind, `load ${asked[kind] % 40}`), ({ error }: { error?: string }) => {
      // From its twentieth on, a connection is told to wait for a twentieth of a second.
      if (error !== undefined) return setTimeout(goOn, 50, socket, kind);
      acknowledged[kind] += 1;
      goOn(socket, kind === "click" ? "event" : "click");
    });
  };
  for (const socket of await Promise.all(Array.from({ length: 6 }, connect))) goOn(socket, "click");
  await until(() => acknowledged.click + acknowledged.event);
  await app.restart("SIGKILL");
  isOver = true;
  const after = await agree();
  for (const kind of KINDS) {
    expect(after[kind] - before[kind]).toBeGreaterThanOrEqual(acknowledged[kind]);
    expect(after[kind] - before[kind]).toBeLessThanOrEqual(asked[kind]);
  }
};

test.for([1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144])(
  "killed under load, at acknowledgement %i: each one that came is kept",
  (last) =>
    killUnderLoad(async (acknowledged) => {
      while (acknowledged() < last) await turn();
    }),
);

// At random: each run tries other moments, and a title says which.
test.for(Array.from({ length: 11 }, () => Math.floor(Math.random() * 400)))(
  "killed under load, after %i ms: each one that was acknowledged is kept",
  (ms) => killUnderLoad(() => sleep(ms)),
);

const PAGES = [1500, 2000, 3000, 4000, 6000, 8000];
test.for(PAGES.map((pages, at) => [pages, KINDS[at % 2] ?? "click"] as const))(
  "killed while %i pages of the log go into the database, after one %s: it is kept",
  async ([pages, kind]) => {
    const database = open();
    // So many that the app's next commit, and not this one, moves them: SQLite does from 1000 on.
    database.pragma("wal_autocheckpoint = 0");
    database.exec(`
      CREATE TABLE IF NOT EXISTS ballast (bytes BLOB);
      WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ${pages})
      INSERT INTO ballast SELECT zeroblob(4000) FROM number;
    `);
    const written = () => statSync(file(), { bigint: true }).mtimeNs;
    const first = written();
    try {
      await killAfterCommit(kind, () => written() !== first);
    } finally {
      database.close();
    }
  },
);
