import type Database from "better-sqlite3";
import { z } from "zod";
import { Style } from "./styles.ts";
import { dayStart, hourStart, now } from "./time.ts";

const text = (most: number) =>
  z
    .string("must be text")
    .trim()
    .regex(/^\P{Cc}*$/u, "must not have control characters")
    // Characters as people count them: the length of "🙂" is 2, of [..."🙂"] it is 1.
    .refine((it) => [...it].length <= most, `at most ${most} characters`);
export const Name = text(15).min(1, "must not be empty");
export const NewClick = z.object({
  user: Name,
  // null, undefined and empty mean the same: no comment.
  comment: text(75)
    .nullish()
    .transform((it) => it || null),
  style: Style,
});
export type NewClick = z.infer<typeof NewClick>;
/** What can be seen on all pages; the first five are stored and counted. */
export const EVENTS = ["confetti", "rain", "shake", "spin", "fireworks", "wave"] as const;
const STORED: readonly string[] = EVENTS.slice(0, 5);
export const NewEvent = z.object({
  user: Name,
  name: z.enum(EVENTS, `must be one of ${EVENTS.join(", ")}`),
});
export type NewEvent = z.infer<typeof NewEvent>;

export type Click = NewClick & { id: number; timestamp: number };
export type Event = NewEvent & { id: number | null; timestamp: number };
export type User = { name: string; click_count: number; event_count: number };
export type Hour = { timestamp: number; click_count: number; event_count: number };
export type Stats = {
  click_count_total: number;
  click_count_today: number;
  click_count_hour: number;
  event_count_total: number;
  event_count_today: number;
  event_count_hour: number;
};

/** The tables, and what is asked of them. */
export const openStore = (db: Database.Database) => {
  db.exec(`
    CREATE TABLE IF NOT EXISTS clicks (
      id INTEGER PRIMARY KEY,
      user TEXT NOT NULL CHECK (length(user) BETWEEN 1 AND 15),
      comment TEXT CHECK (length(comment) BETWEEN 1 AND 75),
      style TEXT,
      timestamp INTEGER NOT NULL
    ) STRICT
  `);
  // Without it, SQLite reads all clicks ever made to find those of today.
  db.exec("CREATE INDEX IF NOT EXISTS clicks_timestamp ON clicks (timestamp)");

  const insertClick = db.prepare<NewClick & { timestamp: number }, Click>(`
    INSERT INTO clicks (user, comment, style, timestamp)
    VALUES (@user, @comment, @style, @timestamp) RETURNING *
  `);
  // A transaction: all of its statements are kept, or none.
  const storeClick = db.transaction((input: NewClick): { click: Click; total: number } => {
    const [click] = insertClick.all({ ...input, timestamp: now() }) as [Click];
    countUser.run(click.user);
    countHour.run(hourStart(click.timestamp));
    // Inside the transaction: no other click can come between.
    const { total } = sumClicks.get() as { total: number };
    return { click, total };
  });
  const listClicks = db.prepare<[number, number], Click>(
    "SELECT * FROM clicks WHERE timestamp >= ? ORDER BY timestamp DESC, id DESC LIMIT ?",
  );

  db.exec(`
    CREATE TABLE IF NOT EXISTS events (
      id INTEGER PRIMARY KEY,
      user TEXT NOT NULL CHECK (length(user) BETWEEN 1 AND 15),
      name TEXT NOT NULL,
      timestamp INTEGER NOT NULL
    ) STRICT
  `);
  db.exec("CREATE INDEX IF NOT EXISTS events_timestamp ON events (timestamp)");

  const insertEvent = db.prepare<NewEvent & { timestamp: number }, Event>(`
    INSERT INTO events (user, name, timestamp) VALUES (@user, @name, @timestamp) RETURNING *
  `);
  const storeEvent = db.transaction((input: NewEvent): Event => {
    const given = { ...input, timestamp: now() };
    // What is only shown is in no table, so it has no id.
    if (!STORED.includes(input.name)) return { id: null, ...given };
    const [event] = insertEvent.all(given) as [Event];
    countUserEvent.run(event.user);
    countHourEvent.run(hourStart(event.timestamp));
    return event;
  });
  const listEvents = db.prepare<[number, number], Event>(
    "SELECT * FROM events WHERE timestamp >= ? ORDER BY timestamp DESC, id DESC LIMIT ?",
  );

  db.exec(`
    CREATE TABLE IF NOT EXISTS users (
      name TEXT PRIMARY KEY,
      clicks INTEGER NOT NULL DEFAULT 0,
      events INTEGER NOT NULL DEFAULT 0
    ) STRICT
  `);

  const countUser = db.prepare<[string]>(`
    INSERT INTO users (name, clicks) VALUES (?, 1)
    ON CONFLICT (name) DO UPDATE SET clicks = clicks + 1
  `);
  const countUserEvent = db.prepare<[string]>(`
    INSERT INTO users (name, events) VALUES (?, 1)
    ON CONFLICT (name) DO UPDATE SET events = events + 1
  `);
  const listUsers = db.prepare<[number], User>(`
    SELECT name, clicks AS click_count, events AS event_count
    FROM users ORDER BY clicks DESC, name LIMIT ?
  `);

  db.exec(`
    CREATE TABLE IF NOT EXISTS hours (
      timestamp INTEGER PRIMARY KEY CHECK (timestamp % 3600 = 0),
      clicks INTEGER NOT NULL DEFAULT 0,
      events INTEGER NOT NULL DEFAULT 0
    ) STRICT
  `);

  const listHours = db.prepare<[number], Hour>(`
    SELECT timestamp, clicks AS click_count, events AS event_count
    FROM hours WHERE timestamp >= ? ORDER BY timestamp
  `);
  const countHour = db.prepare<[number]>(`
    INSERT INTO hours (timestamp, clicks) VALUES (?, 1)
    ON CONFLICT (timestamp) DO UPDATE SET clicks = clicks + 1
  `);
  const countHourEvent = db.prepare<[number]>(`
    INSERT INTO hours (timestamp, events) VALUES (?, 1)
    ON CONFLICT (timestamp) DO UPDATE SET events = events + 1
  `);

  // Read at each click: all figures together take three times as long.
  const sumClicks = db.prepare<[], { total: number }>("SELECT sum(clicks) AS total FROM hours");
  // From the hours, not from the clicks: a year has 8,760 rows, however many clicks there are.
  const sumHours = db.prepare<{ day: number; hour: number }, Stats>(`
    SELECT
      ifnull(sum(clicks), 0) AS click_count_total,
      ifnull(sum(clicks) FILTER (WHERE timestamp >= @day), 0) AS click_count_today,
      ifnull(sum(clicks) FILTER (WHERE timestamp >= @hour), 0) AS click_count_hour,
      ifnull(sum(events), 0) AS event_count_total,
      ifnull(sum(events) FILTER (WHERE timestamp >= @day), 0) AS event_count_today,
      ifnull(sum(events) FILTER (WHERE timestamp >= @hour), 0) AS event_count_hour
    FROM hours
  `);
  const currentStats = (): Stats => {
    const time = now();
    return sumHours.get({ day: dayStart(time), hour: hourStart(time) }) as Stats;
  };

  const ofClicks = { storeClick, listClicks };
  return { ...ofClicks, storeEvent, listEvents, listUsers, listHours, currentStats };
};
