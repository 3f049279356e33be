import { beforeAll, expect, test } from "vitest";
import { aliceBobAndCharlie, browserTest, useApp } from "#testkit";
import { sendFrom } from "../helpers.ts";

const app = useApp();
const [alice, bob] = aliceBobAndCharlie;

beforeAll(app.addUsers);

test("POST /api/messages answers {id, content, date, author, recipient}", async () => {
  const message = { author_id: "1", recipient_id: 2, content: "trois petits chats" };
  const answer = await app.post("/api/messages", message);
  expect(answer.status).toBe(201);
  expect(answer.json).toEqual({
    id: 1,
    content: "trois petits chats",
    date: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    author: { id: 1, ...alice },
    recipient: { id: 2, ...bob },
  });
});

test("it is the same as in GET /api/messages/with/<user_id>", async () => {
  const message = { author_id: 2, recipient_id: 3, content: "not visible by 1" };
  const { json } = await app.post("/api/messages", message);
  expect((await app.get("/api/messages/with/3")).json).toEqual([json]);
});

browserTest("the new row shows names, as after a reload", async () => {
  const page = await app.page("/front/messages/1");
  await sendFrom(page, 2, "with names");
  const row = page.locator("tbody tr", { hasText: "with names" });
  await row.waitFor();
  const cells = await row.locator("td").allInnerTexts();
  expect(cells.slice(1)).toEqual(["Alice Caroll", "Bob Morane", "with names"]);
  await page.reload();
  expect(await row.locator("td").allInnerTexts()).toEqual(cells);
});
