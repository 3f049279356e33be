import { join as joinPath } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { ask, eventually, type Visitor } from "#testkit";
import {
  allBytes,
  type Chatter,
  newAccount,
  of,
  PASSWORD,
  useApp,
  username,
  word,
} from "../helpers.ts";

const app = useApp({ clock: true });

const [MINUTE, DAY] = [60_000, 86_400_000];
/** How many sessions are kept. */
const MOST = 100_000;

const me = async (visitor: Visitor) => (await visitor.get("/api/me")).json;
const nameOf = async (visitor: Visitor): Promise<string> => (await me(visitor)).name;
const registered = async (visitor?: Visitor) => {
  const [own, name] = [visitor ?? (await app.opened()), username()];
  expect((await app.form(own, "/register", newAccount(name))).status).toBe(303);
  return { visitor: own, name };
};
/**
 * Asks the database something, on a connection that is closed at once: as long as one is open, the
 * app may not empty its write-ahead log.
 */
const query = <T>(sql: string, ...values: unknown[]): T[] => {
  const database = app.database();
  try {
    return database
      .prepare(sql)
      .pluck()
      .all(...values) as T[];
  } finally {
    database.close();
  }
};
const hashes = () => query<string>("SELECT sid_hash FROM sessions");
/** Those of these words that stand in any file of the app's data. */
const kept = (words: string[]): string[] => {
  const bytes = allBytes(joinPath(app.running().folder, "instance"));
  return words.filter((it) => bytes.includes(it));
};
/** Some visitors, and their names. */
const visitors = async (count: number) => {
  const all = await Promise.all(Array.from({ length: count }, () => app.opened()));
  return { all, names: await Promise.all(all.map(nameOf)) };
};
/** Two who talk with each other, and what they say. */
const talk = async () => {
  const pair = await app.pair();
  const texts: string[] = [];
  for (const { socket } of [...pair, ...pair]) {
    const text = word();
    expect(await ask(socket, "message", { text })).toEqual({ state: "paired" });
    texts.push(text);
  }
  for (const { heard } of pair) await eventually(() => of("message", heard)).toHaveLength(4);
  return { names: pair.map((chatter: Chatter) => app.nameOf(chatter)), texts };
};

test("two minutes after their seven days, nothing of visitors and of what they said is in any byte of any file", async () => {
  const { names, texts } = await talk();
  const { names: others } = await visitors(60);
  const ids = hashes();
  expect(ids.length).toBeGreaterThanOrEqual(62);
  expect(kept(texts), "words that were said").toEqual([]);
  for (const text of texts) expect(app.running().log(), "what it prints").not.toContain(text);
  expect(kept(names), "names, before they expire").toEqual(names);
  await app.running().moveClock(7 * DAY + 2 * MINUTE);
  await eventually(() => kept([...names, ...others, ...texts, ...ids])).toEqual([]);
  expect(hashes()).toEqual([]);
});

test("accounts stay, and whoever has one logs in again", async () => {
  const { visitor, name } = await registered();
  await app.running().moveClock(7 * DAY + 2 * MINUTE);
  await eventually(hashes).toEqual([]);
  expect(query("SELECT username FROM users")).toContain(name);
  expect((await me(visitor)).loggedIn).toBe(false);
  await app.form(visitor, "/login", { username: name, password: PASSWORD });
  expect(await me(visitor)).toEqual({ name, loggedIn: true });
});

test("who came later stays, as the others go", async () => {
  const early = await visitors(30);
  await app.running().moveClock(6 * DAY);
  const late = await visitors(30);
  const { visitor, name } = await registered();
  await app.running().moveClock(DAY + 2 * MINUTE);
  await eventually(() => kept(early.names)).toEqual([]);
  expect(await Promise.all(late.all.map(nameOf))).toEqual(late.names);
  expect(await me(visitor)).toEqual({ name, loggedIn: true });
  expect(hashes()).toHaveLength(31);
});

test("two minutes after a logout, nothing of the session is in any byte of any file", async () => {
  const before = hashes();
  const visitor = await app.opened();
  const first = hashes().filter((it) => !before.includes(it));
  await registered(visitor);
  const second = hashes().filter((it) => !before.includes(it));
  expect([first.length, second.length]).toEqual([1, 1]);
  expect(second).not.toEqual(first);
  await app.form(visitor, "/logout");
  expect(hashes()).not.toEqual(expect.arrayContaining(second));
  await app.running().moveClock(2 * MINUTE);
  await eventually(() => kept([...first, ...second])).toEqual([]);
  expect(hashes(), "the sessions of others").toEqual(expect.arrayContaining(before));
});

test("it does not depend on where the clock was before: after it was put back, what expires goes as well", async () => {
  await app.running().moveClock(-20 * DAY);
  // A look at the clock while it is there.
  await sleep(1500);
  const { names } = await visitors(3);
  await app.running().moveClock(7 * DAY + 2 * MINUTE);
  await eventually(() => kept(names)).toEqual([]);
  await app.running().moveClock(20 * DAY);
});

test("what expired while the server did not run goes after its next start", async () => {
  const [id, marker] = [word(), word()];
  const { names } = await visitors(3);
  const database = app.database();
  database
    .prepare("INSERT INTO sessions (sid_hash, data, expires_at) VALUES (?, ?, ?)")
    .run(id, JSON.stringify({ cookie: {}, anonName: marker }), Date.now() - DAY);
  database.close();
  await app.running().restart("SIGKILL");
  await eventually(() => kept([id, marker])).toEqual([]);
  expect(kept(names), "names that have not expired").toEqual(names);
});

test("a database that another program holds at that moment ends nothing, and a minute later it is tried again", async () => {
  const { names } = await visitors(3);
  const other = app.database();
  other.exec("BEGIN IMMEDIATE");
  await app.running().moveClock(7 * DAY + 2 * MINUTE);
  // It looks once a second, and waits for the database for a second at most.
  await sleep(2500);
  other.exec("ROLLBACK");
  other.close();
  expect((await app.get("/")).status).toBe(200);
  await app.running().moveClock(2 * MINUTE);
  await eventually(() => kept(names)).toEqual([]);
});

test("no address of a visitor is in any file, nor in what the app prints", async () => {
  await talk();
  const { visitor, name } = await registered();
  await app.form(visitor, "/login", { username: name, password: word() });
  await app.form(visitor, "/login", {});
  await visitor.get("/nothing");
  await app.form(visitor, "/logout");
  const { folder, log } = app.running();
  const printed = log()
    .split("\n")
    .filter((line) => !line.includes("listens on"));
  const all = [allBytes(joinPath(folder, "instance")), ...printed].join("\n");
  expect(all).toContain(name);
  for (const address of ["127.0.0.1", "::1", "::ffff:"]) expect(all).not.toContain(address);
});

test("at most 100,000 sessions are kept: for a new one the oldest goes", async () => {
  await app.opened();
  const newest = Math.max(...query<number>("SELECT expires_at FROM sessions"));
  const database = app.database();
  const put = database.prepare(
    "INSERT INTO sessions (sid_hash, data, expires_at) VALUES (?, ?, ?)",
  );
  database.transaction(() => {
    database.exec("DELETE FROM sessions");
    for (let at = 0; at < MOST; at += 1)
      put.run(`session ${at}`, JSON.stringify({ cookie: {} }), newest - DAY + at);
  })();
  database.close();
  const [one, two] = [await app.opened(), await app.opened()];
  expect(query("SELECT count(*) FROM sessions")).toEqual([MOST]);
  const oldest = "SELECT sid_hash FROM sessions ORDER BY expires_at LIMIT 1";
  expect(query(oldest), "the oldest of those that are left").toEqual(["session 2"]);
  for (const visitor of [one, two]) expect(await nameOf(visitor)).toMatch(/^User\d{6}$/);
});
