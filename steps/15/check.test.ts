import { beforeAll, expect, test } from "vitest";
import { browserTest } from "#testkit";
import { aliceBobAndCharlie, cellsOf, EVIL, sendFrom, someUser, useApp } from "../helpers.ts";

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

test("it is the same as in GET /api/messages/with/<user_id>, for all users and texts", async () => {
  const people = [
    { name: `Zoë "Z" O'Neil`, email: "zoe@mail.example", nickname: "null" },
    { name: "<i>Ноам</i>", email: "noam@uni.example", nickname: "42" },
  ];
  const ids: number[] = [];
  for (const person of people) ids.push((await app.post("/api/users", person)).json.id);
  const [one = 0, two = 0] = ids;
  for (const content of ["  around  ", "<b>&amp;</b>\n\\", `it's "so" 🙂`]) {
    const answers = [];
    for (const [author_id, recipient_id] of [
      [one, two],
      [two, one],
      [one, one],
    ]) {
      answers.push((await app.post("/api/messages", { author_id, recipient_id, content })).json);
    }
    expect(answers).toEqual((await app.get(`/api/messages/with/${one}`)).json.slice(-3));
    // Before the next ones, another program gives one of them another name.
    app.database().prepare("UPDATE users SET name = name || '!' WHERE id = ?").run(two);
  }
});

browserTest("the new row shows names, as after a reload", async () => {
  const dora = someUser({ name: `<b>Dora</b> ${EVIL}` });
  const { id } = (await app.post("/api/users", dora)).json;
  const page = await app.page("/front/messages/1");
  await sendFrom(page, id, "with names");
  const row = page.locator("tbody tr", { hasText: "with names" });
  await row.waitFor();
  const cells = await cellsOf(row);
  expect(cells.slice(1)).toEqual(["Alice Caroll", dora.name, "with names"]);
  await page.reload();
  expect(await cellsOf(row)).toEqual(cells);
});
