import { beforeAll, expect, test } from "vitest";
import { isBefore } from "#testkit";
import { useApp } from "../helpers.ts";

const app = useApp();
const people = [
  { name: "Zoë Quinn", email: "zoe@example.org", nickname: "zoe" },
  { name: "Ноам", email: "noam@uni.example", nickname: "ноам" },
  { name: "D'Arcy", email: "d.arcy@example.co.uk", nickname: `guest${Date.now()}` },
];
/** In each, everybody writes to all but one, to themselves, too. */
const ROUNDS = 2;
type Row = { id: number; content: string; date: string };
const sent: (Row & { recipient_id: number })[] = [];
const ids: number[] = [];

beforeAll(async () => {
  await app.addUsers();
  for (const person of people) ids.push((await app.post("/api/users", person)).json.id);
  // One whose id begins with the digits of another's.
  ids.unshift(10 * Math.max(...ids));
  app
    .database()
    .prepare("INSERT INTO users (id, name, email, nickname) VALUES (?, 'Ten', 't@example.fr', 't')")
    .run(ids[0]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const recipient_id of ids.slice(0, -1)) {
      for (const author_id of ids) {
        const message = {
          author_id,
          recipient_id,
          content: `${recipient_id}, "it's" round ${round}`,
        };
        const { id, date } = (await app.post("/api/messages", message)).json;
        sent.push({ ...message, id, date });
      }
    }
  }
});

const messagesWith = async (user: number): Promise<Row[]> => {
  const answer = await app.get(`/api/messages/with/${user}`);
  expect(answer.status).toBe(200);
  return answer.json;
};
const idsOf = (rows: Row[]) => rows.map(({ id }) => id);
const sentTo = (user: number) => sent.filter(({ recipient_id }) => recipient_id === user);

test("GET /api/messages/with/<user_id> holds the messages to that user, by id", async () => {
  for (const user of ids) {
    const wanted = sentTo(user);
    const found = (await messagesWith(user)).filter(({ id }) => wanted.some((it) => it.id === id));
    expect(idsOf(found)).toEqual(idsOf(wanted));
    // As POST answered them; what else is in a row changes with the steps.
    const texts = (rows: Row[]) => rows.map(({ id, content, date }) => ({ id, content, date }));
    expect(texts(found)).toEqual(texts(wanted));
  }
});

if (isBefore("10")) {
  test("it holds no others", async () => {
    for (const user of ids) expect(await messagesWith(user)).toEqual(sentTo(user));
  });
}

test("no message is left out of a longer list, whoever stored it", async () => {
  const [user = 0] = ids;
  const database = app.database();
  const isTo = "FROM messages WHERE recipient_id = ?";
  database
    .prepare(`
      WITH RECURSIVE rounds (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM rounds LIMIT 20)
      INSERT INTO messages (content, author_id, recipient_id, date)
      SELECT content, author_id, recipient_id, date FROM rounds, (SELECT * ${isTo})
    `)
    .run(user);
  const wanted = database.prepare(`SELECT id ${isTo} ORDER BY id`).pluck().all(user);
  const found = idsOf(await messagesWith(user));
  expect(found.filter((id) => wanted.includes(id))).toEqual(wanted);
});

test("GET /api/messages/with/<user_id>: an unknown user answers 404", async () => {
  const answer = await app.get(`/api/messages/with/${Math.max(...ids) + 1}`);
  expect(answer.status).toBe(404);
  expect(answer.json).toEqual({ error: expect.any(String) });
});

test.for([
  "abc",
  "0",
  "-1",
  "01",
  "1.0",
  "1e0",
  "0x1",
  "+1",
  "%201",
  "1%20",
  "1%0A",
  "1%20OR%201=1",
  "1,2",
  "%25",
  "alice",
  "__proto__",
  "9".repeat(19),
  "9".repeat(400),
])("GET /api/messages/with/%s is nobody's path, and answers 404", async (id) => {
  const answer = await app.get(`/api/messages/with/${id}`);
  expect(answer.status).toBe(404);
  expect(answer.json).toEqual({ error: expect.any(String) });
});
