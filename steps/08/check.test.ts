import { expect, test } from "vitest";
import { exampleMessages, useApp } from "#testkit";

const app = useApp();

test("GET /api/messages answers an empty list while there is no message", async () => {
  const answer = await app.get("/api/messages");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual([]);
});

test.for(["/api/messages", "/api/messages/"])("GET %s lists all messages by id", async (path) => {
  if ((await app.get("/api/users")).json.length === 0) {
    await app.addUsers();
    await app.addMessages();
  }
  const answer = await app.get(path);
  expect(answer.json).toEqual(
    exampleMessages.map((message, index) => ({
      ...message,
      id: index + 1,
      date: expect.stringMatching(/Z$/),
    })),
  );
});

test("no message is left out of a longer list", async () => {
  const { length } = (await app.get("/api/messages")).json;
  for (let round = 0; round < 10; round += 1) await app.addMessages();
  expect((await app.get("/api/messages")).json).toHaveLength(length + 10 * exampleMessages.length);
});
