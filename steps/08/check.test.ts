import { expect, test } from "vitest";
import { useApp } from "../helpers.ts";

const app = useApp();
/** Neither their texts nor their authors are in the order of the ids. */
const sent = [
  { author_id: 2, recipient_id: 3, content: "zebra" },
  { author_id: 1, recipient_id: 2, content: "It's <b>\"10\"</b> o'clock &amp; late" },
  { author_id: 3, recipient_id: 3, content: "a note\nto myself 📝" },
  { author_id: 2, recipient_id: 1, content: "9" },
  { author_id: 1, recipient_id: 3, content: "10" },
  { author_id: 3, recipient_id: 1, content: "Ärger, مرحبا" },
];
type Row = { id: number; content: string };
let posted: Row[] = [];

test("GET /api/messages answers an empty list while there is no message", async () => {
  const answer = await app.get("/api/messages");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual([]);
});

test.for(["/api/messages", "/api/messages/"])(
  "GET %s lists all messages by id, with the dates that POST answered",
  async (path) => {
    if (posted.length === 0) {
      await app.addUsers();
      const stored = [];
      for (const message of sent) {
        const { id, date } = (await app.post("/api/messages", message)).json;
        stored.push({ ...message, id, date });
      }
      posted = stored;
    }
    const answer = await app.get(path);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual(posted);
  },
);

test("no message is left out of a longer list, nor listed twice, whoever stored it", async () => {
  // Later ids with earlier dates, and many that have all but the id in common.
  const database = app.database();
  database.exec(`
    WITH RECURSIVE rounds (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM rounds LIMIT 30)
    INSERT INTO messages (content, author_id, recipient_id, date)
    SELECT content, author_id, recipient_id, date FROM rounds, messages
    ORDER BY number, messages.id DESC
  `);
  const rows = database.prepare("SELECT id, content FROM messages ORDER BY id").all() as Row[];
  const { json } = await app.get("/api/messages");
  expect(json.map(({ id }: Row) => id)).toEqual(rows.map(({ id }) => id));
  const original = new Map(posted.map((message) => [message.content, message]));
  expect(json).toEqual(rows.map(({ id, content }) => ({ ...original.get(content), id })));
});
