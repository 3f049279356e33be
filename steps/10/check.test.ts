import { beforeAll, expect, test } from "vitest";
import { exampleMessages, isBefore, useApp } from "#testkit";

const app = useApp();

beforeAll(async () => {
  await app.addUsers();
  await app.addMessages();
});

test.for([
  [1, [1, 2, 3, 4, 5, 6]],
  [2, [1, 2, 3, 4, 5, 6, 7]],
  [3, [7]],
] as const)(
  "the messages with user %i are those from and to this user, by id",
  async ([user, ids]) => {
    const answer = await app.get(`/api/messages/with/${user}`);
    expect(answer.status).toBe(200);
    expect(answer.json.map(({ id }: { id: number }) => id)).toEqual(ids);
  },
);

if (isBefore("11")) {
  test("each message is {id, content, author_id, recipient_id, date}", async () => {
    const answer = await app.get("/api/messages/with/3");
    const date = expect.stringMatching(/Z$/);
    expect(answer.json).toEqual([{ ...exampleMessages[6], id: 7, date }]);
  });
}

test.for(["author_id", "recipient_id"])("an index finds the messages by their %s", (column) => {
  const plan = app
    .database()
    .prepare(`EXPLAIN QUERY PLAN SELECT * FROM messages WHERE ${column} = 1`)
    .all() as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toMatch(/SEARCH messages USING INDEX/);
});

test("a message to oneself is there once, in its place", async () => {
  const ids = [];
  for (const recipient_id of [3, 1]) {
    const message = { author_id: 3, recipient_id, content: "to myself, or to Alice" };
    ids.push((await app.post("/api/messages", message)).json.id);
  }
  const answer = await app.get("/api/messages/with/3");
  expect(answer.json.map(({ id }: { id: number }) => id)).toEqual([7, ...ids]);
});
