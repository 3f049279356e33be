import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { type AppCopy, copyOf, lastStepOf } from "./app.ts";

const LIMIT = "makeBucket(20)";
const DAY = 86_400;

/** The folder of the counter's last step. */
export const finishedCounter = (root: string): string => lastStepOf(root, "sequels/counter");

/**
 * A copy of the finished counter.
 * @param limit `lifted`: a connection may click as often as it likes, and nothing else is changed.
 * The clicks of a few pages would else say how strict the limit is, and nothing of the app.
 */
export const copyCounter = (root: string, limit: "kept" | "lifted" = "kept"): AppCopy => {
  const copy = copyOf(finishedCounter(root));
  if (limit === "lifted") {
    const text = readFileSync(copy.file, "utf8");
    if (!text.includes(LIMIT)) throw new Error(`${copy.file} has no ${LIMIT}: where is its limit?`);
    writeFileSync(copy.file, text.replace(LIMIT, "makeBucket(1e9)"));
  }
  return { ...copy, database: join(copy.folder, "instance", "counter.db") };
};

/** How much a counter's database is to hold. */
export type Clicks = {
  /** All of them, and how many of these are of today; the others are of the 364 days before. */
  clicks: number;
  today: number;
  /** Of today. */
  events: number;
  users: number;
};

const ALL = `
  SELECT user, timestamp - timestamp % 3600 AS hour, 1 AS click, 0 AS event FROM clicks
  UNION ALL
  SELECT user, timestamp - timestamp % 3600, 0, 1 FROM events
`;

/** Calls something so often, with times evenly over a span of seconds. */
const spread = (
  count: number,
  begin: number,
  end: number,
  insert: (at: number, timestamp: number) => unknown,
): void => {
  for (let at = 0; at < count; at += 1)
    insert(at, begin + Math.floor((at * (end - begin)) / count));
};

/**
 * Fills the database of a counter that has made its tables and stored nothing yet. The sums agree
 * with the rows that they are sums of.
 * @param now in seconds since 1970
 */
export const fillCounter = (
  file: string,
  { clicks, today, events, users }: Clicks,
  now = Math.floor(Date.now() / 1000),
): void => {
  const midnight = now - (now % DAY);
  const db = new Database(file);
  db.transaction(() => {
    const insertClick = db.prepare(
      "INSERT INTO clicks (user, comment, timestamp) VALUES (?, ?, ?)",
    );
    const insertEvent = db.prepare("INSERT INTO events (user, name, timestamp) VALUES (?, ?, ?)");
    const click = (at: number, timestamp: number) =>
      // Every third one says something.
      insertClick.run(`user ${at % users}`, at % 3 ? null : `comment ${at % 20}`, timestamp);
    const event = (at: number, timestamp: number) =>
      insertEvent.run(`user ${at % users}`, at % 2 ? "rain" : "confetti", timestamp);
    spread(clicks - today, midnight - 364 * DAY, midnight, click);
    spread(today, midnight, now, click);
    spread(events, midnight, now, event);
    db.exec(`INSERT INTO users (name, clicks, events)
      SELECT user, sum(click), sum(event) FROM (${ALL}) GROUP BY user`);
    db.exec(`INSERT INTO hours (timestamp, clicks, events)
      SELECT hour, sum(click), sum(event) FROM (${ALL}) GROUP BY hour`);
  })();
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
};
