import { beforeAll, expect, test } from "vitest";
import { aliceBobAndCharlie, exampleMessages, useApp } from "#testkit";

const app = useApp();

beforeAll(async () => {
  await app.addUsers();
  await app.addMessages();
});

const user = (id: number) => ({ id, ...aliceBobAndCharlie[id - 1] });

test("each message is {id, content, date, author, recipient}, with the users' details", async () => {
  const answer = await app.get("/api/messages/with/2");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual(
    exampleMessages.map(({ content, author_id, recipient_id }, index) => ({
      id: index + 1,
      content,
      date: expect.stringMatching(/Z$/),
      author: user(author_id),
      recipient: user(recipient_id),
    })),
  );
});

test("a user who writes to nobody and hears from nobody has an empty list", async () => {
  const eve = { name: "Eve", email: "eve@foo.com", nickname: "eve" };
  const { id } = (await app.post("/api/users", eve)).json;
  const answer = await app.get(`/api/messages/with/${id}`);
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual([]);
});
