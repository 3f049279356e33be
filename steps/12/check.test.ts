import { request as httpRequest } from "node:http";
import { parse } from "node-html-parser";
import { beforeAll, expect, test } from "vitest";
import { exampleMessages, useApp } from "#testkit";

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
        expect.stringMatching(/\d{4}-\d\d-\d\d.\d\d:\d\d/),
        names[author_id],
        names[recipient_id],
        content,
      ]),
  );
});

test("HTML in names and messages is shown as text", async () => {
  const name = "<b>Eve</b>";
  const content = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;
  const eve = (await app.post("/api/users", { name, email: "e@foo.com", nickname: '"><i>' })).json;
  await app.post("/api/messages", { author_id: eve.id, recipient_id: 3, content });
  const page = await readPage(eve.id);
  expect(page.querySelector("h1")?.text).toContain(name);
  expect(cells(page.querySelector("tbody") as never)).toEqual(
    expect.arrayContaining([name, content]),
  );
  expect(page.querySelectorAll("img, b, i")).toHaveLength(0);
});

test.for(["99", "abc"])(
  "/front/messages/%s: an unknown user gets a page with status 404",
  async (id) => {
    const answer = await app.get(`/front/messages/${id}`);
    expect(answer).toMatchObject({ status: 404, type: "text/html" });
    expect(answer.text).not.toMatch(/node_modules|\bat .*:\d+/);
  },
);

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
