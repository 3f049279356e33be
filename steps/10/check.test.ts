import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { isBefore } from "#testkit";
import { exampleMessages, useApp } from "../helpers.ts";

const app = useApp();
type Row = { id: number; content: string; date: string };
type Sent = Row & { author_id: number; recipient_id: number };
const sent: Sent[] = [];
/** How many times as long as a user their messages may take; without an index SQLite reads 300,000 rows. */
const MOST_TIMES = 6;
/** Who only hears, only writes, only talks to themselves, and does nothing. */
const others: number[] = [];

beforeAll(async () => {
  await app.addUsers();
  for (const nickname of ["hears", "writes", "talks", "does nothing"]) {
    const user = { name: `Ø ${nickname}`, email: "one@example.dk", nickname };
    others.push((await app.post("/api/users", user)).json.id);
  }
  const [hears = 0, writes = 0, talks = 0] = others;
  const more = [
    { author_id: 3, recipient_id: hears, content: "you hear" },
    { author_id: writes, recipient_id: 3, content: "I write" },
    { author_id: talks, recipient_id: talks, content: "I talk" },
    { author_id: writes, recipient_id: hears, content: "I write" },
    { author_id: 3, recipient_id: 3, content: "to myself" },
    { author_id: 3, recipient_id: 1, content: "I write" },
  ];
  for (const message of [...exampleMessages, ...more]) {
    const { id, date } = (await app.post("/api/messages", message)).json;
    sent.push({ ...message, id, date });
  }
});

const messagesWith = async (user: number): Promise<Row[]> => {
  const answer = await app.get(`/api/messages/with/${user}`);
  expect(answer.status).toBe(200);
  return answer.json;
};
const sentWith = (user: number) =>
  sent.filter(({ author_id, recipient_id }) => author_id === user || recipient_id === user);
const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id);

test.for([1, 2, 3])(
  "the messages with user %i are those from and to this user, by id",
  async (user) => {
    expect(idsOf(await messagesWith(user))).toEqual(idsOf(sentWith(user)));
  },
);

test("whoever only hears, only writes, or does neither, gets what is theirs", async () => {
  for (const user of others) {
    expect(idsOf(await messagesWith(user))).toEqual(idsOf(sentWith(user)));
  }
});

test("a message to oneself is there once, in its place", async () => {
  const [, , talks = 0] = others;
  expect(idsOf(await messagesWith(talks))).toEqual(idsOf(sentWith(talks)));
});

test("contents and dates are those that POST answered", async () => {
  const rows = (await messagesWith(3)).map(({ id, content, date }) => ({ id, content, date }));
  expect(rows).toEqual(sentWith(3).map(({ id, content, date }) => ({ id, content, date })));
});

if (isBefore("11")) {
  test("each message is {id, content, author_id, recipient_id, date}", async () => {
    for (const user of [3, ...others]) expect(await messagesWith(user)).toEqual(sentWith(user));
  });
}

test("no message is left out of a longer list, nor listed twice, whoever stored it", async () => {
  const database = app.database();
  const isWith = "FROM messages WHERE author_id = 3 OR recipient_id = 3 ORDER BY id";
  database.exec(`
    WITH RECURSIVE rounds (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM rounds LIMIT 30)
    INSERT INTO messages (content, author_id, recipient_id, date)
    SELECT content, author_id, recipient_id, date FROM rounds, (SELECT * ${isWith})
  `);
  const wanted = database.prepare(`SELECT id ${isWith}`).pluck().all();
  expect(idsOf(await messagesWith(3))).toEqual(wanted);
});

test.for(["author_id", "recipient_id"])("an index finds the messages by their %s", (column) => {
  const plan = app
    .database()
    .prepare(`EXPLAIN QUERY PLAN SELECT * FROM messages WHERE ${column} = 1`)
    .all() as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toMatch(
    /SEARCH messages USING (COVERING )?INDEX/,
  );
});

test("your messages are found as quickly as a user, however many others there are", async () => {
  // Last in this file, for the lists get long. A query that uses no index reads all rows.
  const insert = app.database().prepare(`
    WITH RECURSIVE rounds (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM rounds LIMIT 15000)
    INSERT INTO messages (content, author_id, recipient_id, date)
    SELECT content, author_id, recipient_id, date
    FROM rounds, (SELECT * FROM messages WHERE author_id = 1 LIMIT 1)
  `);
  for (let round = 0; round < 20; round += 1) {
    insert.run();
    // Not all at once: meanwhile we would not notice that the app closes an idle connection.
    await sleep(1);
  }
  const user = others[0];
  const took = async (path: string) => {
    const start = performance.now();
    await app.get(path);
    return performance.now() - start;
  };
  // The quickest of several, taken by turns: a busy machine slows down both alike. Where it was
  // busiest just then, further turns tell.
  let [quickUser, quickList] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const times = () => Math.round(quickList / quickUser);
  for (let round = 0; round < 12 || (round < 60 && times() >= MOST_TIMES); round += 1) {
    quickUser = Math.min(quickUser, await took(`/api/users/${user}`));
    quickList = Math.min(quickList, await took(`/api/messages/with/${user}`));
  }
  // The next check may get this app: with a small file again. Where no references are looked at,
  // SQLite drops all rows at once.
  app.database().exec(`
    PRAGMA foreign_keys = OFF;
    DELETE FROM messages;
    VACUUM;
    PRAGMA wal_checkpoint (TRUNCATE)
  `);
  expect(times(), "less than this many times as long as one user").toBeLessThan(MOST_TIMES);
});
