import { join, resolve } from "node:path";
import Database from "better-sqlite3";
import type { Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, eventually, request, startApp } from "#testkit";
import { readCourse } from "../course/course.ts";
import { connectSocket } from "../testkit/socket.ts";

// The check of counter's step 06 kills the app at a few moments, so that a learner need not wait.
// Here it is killed at fifty, and what was acknowledged is there each time.
const root = resolve(import.meta.dirname, "../..");
const course = readCourse({ root }, "sequels/counter");
const folder = join(root, course.folder);
let app: App;
beforeAll(async () => {
  app = await startApp(join(folder, course.steps.at(-1)?.id ?? ""), { course: folder });
});
afterAll(() => app?.stop());

type Kind = "click" | "event";
const sent = {
  click: { user: "Ada", comment: "once more" },
  event: { user: "Ada", name: "rain" },
};
const open = () => new Database(join(app.folder, "instance/counter.db"), { timeout: 20_000 });
const connect = () => connectSocket(app.url, { path: "/api/socket.io" });

/** What each table has counted of a kind: all of it is the same, or something was lost. */
const counted = () => {
  const database = open();
  const sums = (table: string, column: string) =>
    database.prepare(`SELECT ifnull(sum(${column}), 0) FROM ${table}`).pluck().get();
  const rows = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  const all = (["click", "event"] as const).map((kind) => ({
    rows: rows(`${kind}s`) as number,
    users: sums("users", `${kind}s`),
    hours: sums("hours", `${kind}s`),
  }));
  const state = database.pragma("integrity_check", { simple: true });
  database.close();
  const [click, event] = all as [(typeof all)[0], (typeof all)[0]];
  return { click, event, state };
};

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
  const database = new Database(join(app.folder, "instance/counter.db"), { timeout: 0 });
  try {
    database.exec("BEGIN IMMEDIATE");
    return false;
  } catch {
    return true;
  } finally {
    database.close();
  }
};

const statements = (["click", "event"] as const).flatMap((kind) =>
  [`${kind}s`, "users", "hours"].flatMap((table) =>
    ["BEFORE", "AFTER"].map((when) => ({ kind, table, when })),
  ),
);
test.for(statements)(
  "killed $when $table is written for a $kind: nothing of it is kept",
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
    socket.emit(kind, sent[kind], () => {
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

const ANSWERS = Array.from({ length: 38 }, (_, at) => at + 1);
test.for(ANSWERS)(
  "killed under load, at acknowledgement %i: each one that came is kept",
  async (last) => {
    const before = await agree();
    const sockets = await Promise.all(Array.from({ length: 6 }, connect));
    const [asked, acknowledged] = [
      { click: 0, event: 0 },
      { click: 0, event: 0 },
    ];
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
    const goOn = (socket: Socket, kind: Kind) => {
      asked[kind] += 1;
      socket.emit(kind, sent[kind], ({ error }: { error?: string }) => {
        if (error !== undefined) return;
        acknowledged[kind] += 1;
        if (acknowledged.click + acknowledged.event === last) end();
        goOn(socket, kind === "click" ? "event" : "click");
      });
    };
    for (const socket of sockets) goOn(socket, "click");
    await isOver;
    await app.restart("SIGKILL");
    for (const socket of sockets) socket.close();
    const after = await agree();
    for (const kind of ["click", "event"] as const) {
      expect(after[kind] - before[kind]).toBeGreaterThanOrEqual(acknowledged[kind]);
      expect(after[kind] - before[kind]).toBeLessThanOrEqual(asked[kind]);
    }
  },
);
