import { request as httpRequest } from "node:http";
import { parse } from "node-html-parser";
import { beforeAll, expect, test } from "vitest";
import { browserTest, request } from "#testkit";
import {
  EVIL,
  exampleMessages,
  lookOf,
  parsePage,
  someUser,
  tellsDate,
  useApp,
} from "../helpers.ts";

const app = useApp();
const names = ["", "Alice Caroll", "Bob Morane", "Charlie Chaplin"];

beforeAll(async () => {
  await app.addUsers();
  await app.addMessages();
});

const readPage = async (user: number) => parsePage((await app.get(`/front/messages/${user}`)).text);
const rowsOf = (page: ReturnType<typeof parse>) => page.querySelectorAll("tbody tr");
const cells = (row: ReturnType<typeof parse>) =>
  row.querySelectorAll("td").map((cell) => cell.text.trim());

test("/front/messages/<user_id> is an HTML page that names the user", async () => {
  const answer = await app.get("/front/messages/1");
  expect(answer).toMatchObject({ status: 200, type: "text/html" });
  expect(parse(answer.text).querySelector("h1")?.text).toContain("Alice Caroll");
});

test("its table shows date, from, to and message of each message, by id", async () => {
  expect(rowsOf(await readPage(1)).map(cells)).toEqual(
    exampleMessages
      .slice(0, 6)
      .map(({ author_id, recipient_id, content }) => [
        expect.any(String),
        names[author_id],
        names[recipient_id],
        content,
      ]),
  );
});

test("each date is that of the API, in UTC", async () => {
  const change = app.database().prepare("UPDATE messages SET date = ? WHERE id = ?");
  for (let id = 1; id <= 6; id += 1) {
    change.run(new Date(Date.UTC(2024, 1, 26 + id, 4 * id - 1, 7 * id, id, 123)).toISOString(), id);
  }
  const stored = (await app.get("/api/messages/with/1")).json as { date: string }[];
  const rows = rowsOf(await readPage(1));
  for (const [index, { date }] of stored.entries()) {
    const row = rows[index] as ReturnType<typeof parse>;
    const [shown = ""] = cells(row);
    expect(tellsDate(shown, date), `"${shown}" tells day and time of ${date}`).toBe(true);
    const forMachines = row.querySelector("time")?.getAttribute("datetime") ?? date;
    expect(new Date(forMachines).toISOString(), "datetime").toBe(date);
  }
});

test("each of many messages is there, by id", async () => {
  const ids: number[] = [];
  for (const user of [someUser(), someUser()]) {
    ids.push((await app.post("/api/users", user)).json.id);
  }
  const database = app.database();
  const insert = database.prepare(
    "INSERT INTO messages (author_id, recipient_id, content, date) VALUES (?, ?, ?, ?)",
  );
  const contents = Array.from({ length: 130 }, (_, index) => `number ${index}`);
  const [one, two] = ids;
  database.transaction(() => {
    for (const content of contents) insert.run(one, two, content, "2026-11-21T11:20:33.123Z");
  })();
  const rows = rowsOf(await readPage(two as number)).map(cells);
  expect(rows.map(([, , , content]) => content)).toEqual(contents);
});

browserTest("one's own messages stand apart from those received, on each screen", async () => {
  // The same names and as many letters: what differs is who wrote it.
  const ids: number[] = [];
  for (const user of [someUser({ name: "Robin" }), someUser({ name: "Robin" })]) {
    ids.push((await app.post("/api/users", user)).json.id);
  }
  const [one, two] = ids as [number, number];
  for (const [author_id, recipient_id] of [
    [two, one],
    [one, two],
    [two, one],
  ])
    await app.post("/api/messages", { author_id, recipient_id, content: "hello" });
  const page = await app.page(`/front/messages/${one}`);
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const rows = await page.locator("tbody tr").all();
    const [received, own, alsoReceived] = await Promise.all(rows.map(lookOf));
    expect(own, `${width} px wide: the place and the colours of an own message`).not.toBe(received);
    expect(alsoReceived, `${width} px wide: two messages received`).toBe(received);
  }
});

test("HTML in names and messages is shown as text", async () => {
  const name = `</title><b>Eve</b> ${EVIL}`;
  const content = `<img src=x onerror="alert(1)"><script>alert(2)</script> ${EVIL}`;
  const eve = (await app.post("/api/users", { name, email: "e@foo.com", nickname: '"><i>' })).json;
  await app.post("/api/messages", { author_id: eve.id, recipient_id: 3, content });
  await app.post("/api/messages", { author_id: 3, recipient_id: eve.id, content: "to Eve" });
  const page = await readPage(eve.id);
  expect(page.querySelector("h1")?.text).toContain(name);
  expect(rowsOf(page).flatMap(cells)).toEqual(expect.arrayContaining([name, content]));
  expect(page.querySelectorAll("img, b, i, [data-evil]")).toHaveLength(0);
});

test.for([
  "/front/messages/99",
  "/front/messages/abc",
  "/front/messages/01",
  "/front/messages/%25",
  "/front/nothing",
  "/FRONT/x",
  "/nothing",
  "/db/nothing",
  "/apis",
])("%s gets a page of our own with status 404", async (path) => {
  const answer = await app.get(path);
  expect(answer).toMatchObject({ status: 404, type: "text/html" });
  expect(parse(answer.text).querySelector("link[rel=stylesheet]")).not.toBeNull();
  expect(answer.text).not.toMatch(/node_modules|\bat .*:\d+/);
});

test.for([
  ["GET", "/api/nothing", 404],
  ["GET", "/API/nothing", 404],
  ["GET", "/api/messages/with/99", 404],
  ["GET", "/api/users/abc?html", 404],
  ["POST", "/api/messages", 422],
  ["DELETE", "/api/messages", 404],
] as const)(
  "errors under /api stay JSON, for a browser, too: %s %s",
  async ([method, path, status]) => {
    const headers = { accept: "text/html,*/*;q=0.8" };
    const answer = await request(app.running().url + path, { method, headers });
    expect(answer).toMatchObject({ status, type: "application/json" });
    expect(answer.json).toEqual({ error: expect.any(String) });
  },
);

test("malformed JSON under /api answers 400, as JSON", async () => {
  const answer = await app.post("/api/messages", '{"content": ');
  expect(answer).toMatchObject({ status: 400, type: "application/json" });
  expect(answer.json).toEqual({ error: expect.any(String) });
});

test("the page does not depend on the Host header, which anybody can forge", async () => {
  const text = await new Promise<string>((resolve, reject) => {
    const { port } = app.running();
    const headers = { host: "127.0.0.1:1" };
    httpRequest({ host: "127.0.0.1", port, path: "/front/messages/3", headers }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => resolve(body));
    })
      .on("error", reject)
      .end();
  });
  expect(text).toContain("not visible by 1");
});

test("HTML in an address is shown as text on the error page", async () => {
  const answer = await app.get("/front/messages/%3Cimg%20src=x%3E");
  expect(answer.status).toBe(404);
  expect(parse(answer.text).querySelectorAll("img")).toHaveLength(0);
});

test("an error of the database gets a page that tells nothing of it, and the app goes on", async () => {
  app.database().exec("ALTER TABLE messages RENAME TO hidden");
  const page = await app.get("/front/messages/1");
  const data = await app.get("/api/messages/with/1");
  app.database().exec("ALTER TABLE hidden RENAME TO messages");
  expect(page).toMatchObject({ status: 500, type: "text/html" });
  expect(data).toMatchObject({ status: 500, type: "application/json" });
  for (const { text } of [page, data]) {
    expect(text).not.toMatch(/no such|SQL|node_modules|\.ts:\d|\n\s*at \w/);
  }
  for (const path of ["/front/messages/1", "/api/messages/with/1", "/front/users"]) {
    expect(await app.get(path)).toMatchObject({ status: 200 });
  }
});
