import { request as httpRequest } from "node:http";
import { parse } from "node-html-parser";
import { beforeAll, expect, test } from "vitest";
import { browserTest, exampleMessages, request, useApp } from "#testkit";

const app = useApp();
const names = ["", "Alice Caroll", "Bob Morane", "Charlie Chaplin"];

beforeAll(async () => {
  await app.addUsers();
  await app.addMessages();
});

const readPage = async (user: number) => parse((await app.get(`/front/messages/${user}`)).text);
const cells = (row: ReturnType<typeof parse>) =>
  row.querySelectorAll("td").map((cell) => cell.text.trim());

test("/front/messages/<user_id> is an HTML page that names the user", async () => {
  const answer = await app.get("/front/messages/1");
  expect(answer).toMatchObject({ status: 200, type: "text/html" });
  expect(parse(answer.text).querySelector("h1")?.text).toContain("Alice Caroll");
});

test("its table shows date, from, to and message of each message, by id", async () => {
  const rows = (await readPage(1)).querySelectorAll("tbody tr").map(cells);
  expect(rows).toEqual(
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

test("the date is that of the API, in UTC", async () => {
  const date = Date.parse((await app.get("/api/messages/with/3")).json[0].date);
  const [shown = ""] = cells((await readPage(3)).querySelector("tbody tr") as never);
  // Any spelling will do; one without a time zone is read as the UTC that it has to be.
  const hasZone = /(Z|UTC|GMT|[+-]\d\d:?\d\d)\W*$/.test(shown);
  const read = Date.parse(hasZone ? shown : `${shown.replace(/(\d)T(\d)/, "$1 $2")} UTC`);
  expect(Math.abs(read - date), shown).toBeLessThan(60_000);
});

browserTest("one's own messages stand apart from those received, on each screen", async () => {
  // The same two names and as many letters: what differs is who wrote it.
  const contents = ["chapeau de paille", "trois petits chats", "tintamarre"];
  const page = await app.page("/front/messages/1");
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const [received, own, alsoReceived] = await Promise.all(
      contents.map((content) =>
        page.locator("tbody tr", { hasText: content }).evaluate((row) => {
          const look = (it: typeof row) => {
            const { backgroundColor, color, fontWeight, borderColor } =
              it.ownerDocument.defaultView.getComputedStyle(it);
            return [backgroundColor, color, fontWeight, borderColor];
          };
          const cell = row.querySelector("td:last-child") ?? row;
          const left = Math.round(cell.getBoundingClientRect().left);
          return JSON.stringify([left, look(row), look(cell)]);
        }),
      ),
    );
    expect(own, `${width} px wide: the place and the colours of an own message`).not.toBe(received);
    expect(alsoReceived, `${width} px wide: two messages received`).toBe(received);
  }
});

test("HTML in names and messages is shown as text", async () => {
  const name = "</title><b>Eve</b>";
  const content = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;
  const eve = (await app.post("/api/users", { name, email: "e@foo.com", nickname: '"><i>' })).json;
  await app.post("/api/messages", { author_id: eve.id, recipient_id: 3, content });
  await app.post("/api/messages", { author_id: 3, recipient_id: eve.id, content: "to Eve" });
  const page = await readPage(eve.id);
  expect(page.querySelector("h1")?.text).toContain(name);
  expect(cells(page.querySelector("tbody") as never)).toEqual(
    expect.arrayContaining([name, content]),
  );
  expect(page.querySelectorAll("img, b, i")).toHaveLength(0);
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
