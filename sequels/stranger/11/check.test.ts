import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { isBefore, SocketRefused, type Visitor } from "#testkit";
import {
  allBytes,
  cookieOf,
  newAccount,
  PASSWORD,
  timesOn,
  useApp,
  username,
  word,
} from "../helpers.ts";

const app = useApp();
/** The same app, with a clock that can be moved. */
const later = useApp({ clock: true });

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const WRONG = "Wrong username or password.";
const NOBODY = { name: null, loggedIn: false };

type Session = { sid_hash: string; data: string; expires_at: number };
const me = async (visitor: Visitor) => (await visitor.get("/api/me")).json;
const meWith = async (cookie: string) => (await app.get("/api/me", { cookie })).json;
/** A new account, and the visitor who has made it: logged in, after a first look at the chat. */
const registered = async (own = app) => {
  const [visitor, name] = [await own.opened(), username()];
  expect((await own.form(visitor, "/register", newAccount(name))).status).toBe(303);
  return { visitor, name };
};
const sessions = () =>
  app.database().prepare("SELECT * FROM sessions ORDER BY sid_hash").all() as Session[];
const countSessions = () => sessions().length;
/** The rows that come with something, and those that go. */
const changes = async (act: () => Promise<unknown>) => {
  const before = sessions();
  await act();
  const after = sessions();
  const without = (some: Session[], others: Session[]) =>
    some.filter(({ sid_hash }) => !others.some((other) => other.sid_hash === sid_hash));
  return { come: without(after, before), gone: without(before, after) };
};

test.for(["SIGTERM", "SIGKILL"] as const)(
  "after a restart all are who they were: visitors, and who is logged in (%s)",
  async (signal) => {
    const visitor = await app.opened();
    const { visitor: user, name } = await registered();
    const [before, cookies] = [await me(visitor), [await cookieOf(visitor), await cookieOf(user)]];
    expect(before.name).toMatch(/^User\d{6}$/);
    await app.running().restart(signal);
    expect(await me(visitor)).toEqual(before);
    expect(await me(user)).toEqual({ name, loggedIn: true });
    for (const one of [visitor, user]) await one.get("/chat");
    expect(await me(visitor)).toEqual(before);
    expect([await cookieOf(visitor), await cookieOf(user)], "the cookies").toEqual(cookies);
    await app.chatter(visitor);
  },
);

test("a message that waits is shown after the restart, and once", async () => {
  const { visitor } = await registered();
  await app.running().restart();
  const times = async () => timesOn(await visitor.get("/"), "You are logged in.");
  expect([await times(), await times()]).toEqual([1, 0]);
  await app.running().restart();
  expect(await times()).toBe(0);
});

test("who has logged out is not logged in after a restart, and a cookie from before leads nowhere", async () => {
  const { visitor } = await registered();
  const cookie = await cookieOf(visitor);
  await app.form(visitor, "/logout");
  await app.running().restart();
  expect((await me(visitor)).loggedIn).toBe(false);
  expect(await meWith(cookie)).toEqual(NOBODY);
});

test("a second server on the same data knows the sessions of the first, and who has logged out there", async () => {
  const { visitor, name } = await registered();
  const cookie = await cookieOf(visitor);
  const server = await app.another();
  const there = async () => (await app.visitor(server).get("/api/me", { cookie })).json;
  expect(await there()).toEqual({ name, loggedIn: true });
  await app.form(visitor, "/logout");
  expect(await there()).toEqual(NOBODY);
});

test("the table sessions has an id's hash, data, and the time of expiry; it is strict, with an index on that time", () => {
  const database = app.database();
  expect(database.pragma("table_list(sessions)")).toMatchObject([{ type: "table", strict: 1 }]);
  type Column = { name: string; type: string; pk: number };
  const columns = database.pragma("table_info(sessions)") as Column[];
  expect(columns.map(({ name, type, pk }) => [name, type, pk])).toEqual([
    ["sid_hash", "TEXT", 1],
    ["data", "TEXT", 0],
    ["expires_at", "INTEGER", 0],
  ]);
  const indexes = database.pragma("index_list(sessions)") as { name: string }[];
  const firsts = indexes.map(
    ({ name }) => (database.pragma(`index_info(${name})`) as { name: string }[])[0]?.name,
  );
  expect(firsts, "the first column of each index").toContain("expires_at");
});

test("a session expires after seven days, as its cookie does; its data is JSON", async () => {
  const { come } = await changes(() => app.opened());
  expect(come).toHaveLength(1);
  const [{ data, expires_at }] = come as [Session];
  expect(Math.abs(expires_at - Date.now() - 7 * DAY), "how far from seven days").toBeLessThan(
    MINUTE,
  );
  expect(JSON.parse(data)).toBeTypeOf("object");
});

test("the id in a cookie stands in no file, nor in what the app prints: who reads the files cannot use it", async () => {
  const { visitor } = await registered();
  const cookie = await cookieOf(visitor);
  const [, sid = ""] = /^sid=s:(.+)\.[^.]+$/.exec(decodeURIComponent(cookie)) ?? [];
  expect(sid.length).toBeGreaterThan(20);
  const { folder, log } = app.running();
  const kept = allBytes(joinPath(folder, "instance")) + log();
  expect(kept).toContain((await me(visitor)).name);
  const bytes = Buffer.from(sid);
  for (const it of [sid, bytes.toString("hex"), bytes.toString("base64url").slice(0, -2), cookie])
    expect(kept).not.toContain(it);
  const secret = parseEnv(readFileSync(joinPath(folder, "instance", "config.env"), "utf8"));
  const sign = (of: string) => createHmac("sha256", secret.SESSION_SECRET ?? "").update(of);
  // Not even with the right signature: whoever reads one file reads the other.
  for (const { sid_hash } of sessions())
    for (const end of ["", `.${sign(sid_hash).digest("base64").replace(/=+$/, "")}`])
      expect(await meWith(`sid=${encodeURIComponent(`s:${sid_hash}${end}`)}`)).toEqual(NOBODY);
});

test("a session is found by the SHA-256 of its id", async () => {
  const visitor = await app.opened();
  const cookie = decodeURIComponent(await cookieOf(visitor));
  const [, sid = ""] = /^sid=s:(.+)\.[^.]+$/.exec(cookie) ?? [];
  const hashes = (["hex", "base64", "base64url"] as const).map((way) =>
    createHash("sha256").update(sid).digest(way),
  );
  const found = sessions().filter(({ sid_hash }) => hashes.includes(sid_hash));
  expect(found).toHaveLength(1);
  expect(JSON.parse(found[0]?.data ?? "")).toMatchObject({ anonName: (await me(visitor)).name });
});

test("login and logout take the old session out of the table", async () => {
  const name = (await registered()).name;
  const { come: opened, gone: none } = await changes(() => app.opened());
  expect([opened.length, none.length]).toEqual([1, 0]);
  const visitor = await app.opened();
  const act = {
    login: () => app.form(visitor, "/login", { username: name, password: PASSWORD }),
    logout: () => app.form(visitor, "/logout"),
    registration: () => app.form(visitor, "/register", newAccount(username())),
  };
  for (const [what, send] of Object.entries(act)) {
    const { come, gone } = await changes(send);
    expect({ come: come.length, gone: gone.length }, what).toEqual({ come: 1, gone: 1 });
  }
});

test("who only looks around makes no row, and who has one makes no second one", async () => {
  const before = countSessions();
  for (const path of ["/", "/login", "/api/me", "/api/version", "/nothing", "/style.css"])
    for (const method of ["GET", "HEAD"]) await app.send(method, path);
  expect(countSessions()).toBe(before);
  const visitor = await app.opened();
  for (const path of ["/", "/login", "/chat", "/chat", "/api/me"]) await visitor.get(path);
  await app.form(visitor, "/login", {});
  expect(countSessions()).toBe(before + 1);
});

const withNames = test.skipIf(isBefore("11b"));

withNames(
  "200 visitors have 200 names, though the server was started anew in between",
  async () => {
    const names: string[] = [];
    for (let times = 0; times < 10; times += 1) {
      if (times === 5) await app.running().restart();
      const visitors = await Promise.all(Array.from({ length: 20 }, () => app.opened()));
      for (const visitor of visitors) names.push((await me(visitor)).name);
    }
    for (const name of names) expect(name).toMatch(/^User\d{6}$/);
    expect(new Set(names).size).toBe(200);
  },
);

withNames(
  "a name of chance that is in somebody's session is given to nobody else, nor after a restart",
  async () => {
    // As if 90,000 visitors had been here: one in ten names is taken.
    const before = sessions();
    const visitor = await app.opened();
    const { name } = await me(visitor);
    const known = before.map(({ sid_hash }) => sid_hash);
    const own = sessions().find(({ sid_hash }) => !known.includes(sid_hash));
    const database = app.database();
    database
      .prepare(
        `WITH RECURSIVE numbers (n) AS (SELECT 100000 UNION ALL SELECT n + 10 FROM numbers WHERE n < 999990)
       INSERT INTO sessions (sid_hash, data, expires_at)
       SELECT 'many ' || n, replace(@data, @name, 'User' || n), @expires_at FROM numbers`,
      )
      .run({ name, data: own?.data, expires_at: own?.expires_at });
    try {
      await app.running().restart();
      for (let times = 0; times < 6; times += 1) {
        const others = await Promise.all(Array.from({ length: 20 }, () => app.opened()));
        for (const other of others) {
          const number = Number((await me(other)).name.slice(4));
          expect(number % 10, `the last digit of ${number}, where all with a 0 are taken`).not.toBe(
            0,
          );
        }
      }
    } finally {
      database.exec("DELETE FROM sessions WHERE sid_hash LIKE 'many %'");
    }
  },
);

test("of several pages that are opened at the same moment, one shows the message, and no other", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { visitor } = await registered();
    const paths = ["/", "/login", "/chat", "/", "/login"];
    const pages = await Promise.all(paths.map((path) => visitor.get(path)));
    const times = pages.map((page) => timesOn(page, "You are logged in."));
    expect(times.toSorted()).toEqual([0, 0, 0, 0, 1]);
  }
});

test("two logins of one visitor that fail at the same moment leave two messages", async () => {
  for (let times = 0; times < 5; times += 1) {
    const visitor = await app.opened();
    const fail = () => app.form(visitor, "/login", { username: username(), password: word() });
    const answers = await Promise.all([fail(), fail()]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(timesOn(await visitor.get("/login"), WRONG)).toBe(2);
    expect(timesOn(await visitor.get("/login"), WRONG)).toBe(0);
  }
});

/** Does something while another program writes into the database. */
const whileBusy = async <T>(act: () => Promise<T>): Promise<T> => {
  const other = app.database();
  other.exec("BEGIN IMMEDIATE");
  const acting = act();
  // Less than the 5 s that the library waits by itself. Who is answered before, waits less.
  const released = sleep(4000, undefined, { ref: false }).then(() => "the lock is gone again");
  const first = await Promise.race([acting.then(() => "an answer", String), released]);
  other.exec("ROLLBACK");
  expect(first, "what came first").toBe("an answer");
  return acting;
};

test.for(["login", "logout", "register"] as const)(
  "while another program writes into the database, %s answers 503, and all are who they were",
  async (what) => {
    const { visitor: user, name } = await registered();
    const visitor = await app.opened();
    const before = await me(visitor);
    const login = () => app.form(visitor, "/login", { username: name, password: PASSWORD });
    const act = {
      login,
      logout: () => app.form(user, "/logout"),
      register: () => app.form(visitor, "/register", newAccount(username())),
    }[what];
    expect(await whileBusy(act)).toMatchObject({ status: 503, type: "text/html" });
    expect(await me(visitor), "the visitor").toEqual(before);
    expect(await me(user), "who is logged in").toEqual({ name, loggedIn: true });
    // Then all goes on.
    expect((await login()).status).toBe(303);
    expect(await me(visitor)).toEqual({ name, loggedIn: true });
  },
);

test("meanwhile pages are shown to who has a session", async () => {
  const { visitor, name } = await registered();
  await visitor.get("/");
  const [page, mine] = await whileBusy(async () => [await visitor.get("/"), await me(visitor)]);
  expect(page).toMatchObject({ status: 200 });
  expect(mine).toEqual({ name, loggedIn: true });
});

test("what cannot be kept then, as of somebody new, a failed login, or a message that was shown, is answered all the same, and ends nothing", async () => {
  const { visitor, name } = await registered();
  const answered = [200, 303, 503];
  for (const act of [
    () => app.get("/chat"),
    () => app.form(app.visitor(), "/login", { username: name, password: word() }),
    () => visitor.get("/"),
  ])
    expect(answered).toContain((await whileBusy(act)).status);
  expect(await me(visitor)).toEqual({ name, loggedIn: true });
  expect(await me(await app.opened())).toMatchObject({ name: expect.stringMatching(/^User/) });
});

test("a session that has expired is none: not for pages, and not for sockets", async () => {
  const [early, late] = [await registered(later), await registered(later)];
  const visitor = await later.opened();
  await later.running().moveClock(7 * DAY - HOUR);
  expect(await me(early.visitor)).toEqual({ name: early.name, loggedIn: true });
  await later.running().moveClock(HOUR + MINUTE);
  for (const one of [late.visitor, visitor]) {
    expect(await me(one)).toEqual(NOBODY);
    const refused = one.socket().then(
      () => "let in",
      (error) => error,
    );
    expect(await refused).toBeInstanceOf(SocketRefused);
  }
  const cookie = await cookieOf(visitor);
  await visitor.get("/chat");
  expect(await cookieOf(visitor), "a new id").not.toBe(cookie);
  expect((await me(visitor)).name).toMatch(/^User\d{6}$/);
});

test("nor does it come back with a restart", async () => {
  const { visitor } = await registered(later);
  await later.running().moveClock(7 * DAY + MINUTE);
  await later.running().restart();
  expect(await me(visitor)).toEqual(NOBODY);
});
