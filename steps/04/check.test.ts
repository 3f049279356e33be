import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { basename, dirname, join } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { aliceBobAndCharlie, someUser, someWord, strangeUser, useApp } from "../helpers.ts";

const app = useApp();
const readPage = async () => parse((await app.get("/front/users")).text);

test("/front/users is an HTML page, also while there is nobody", async () => {
  expect(await app.get("/front/users")).toMatchObject({ status: 200, type: "text/html" });
});

test("the page shows each user, with a link to /front/messages/<id>", async () => {
  await app.addUsers();
  const long = someUser({ name: `${"a long name ".repeat(7)}${someWord()}` });
  const more = [long, ...Array.from({ length: 27 }, () => someUser())];
  for (const user of more) await app.post("/api/users", user);
  const page = await readPage();
  const users = [...aliceBobAndCharlie, ...more];
  for (const { name } of users) expect(page.text).toContain(name);
  const links = page.querySelectorAll("a").map((link) => link.getAttribute("href"));
  const expected = users.map((_, index) => `/front/messages/${index + 1}`);
  expect(links).toEqual(expect.arrayContaining(expected));
});

test("the page says how to display it on a phone, and in which language it is", async () => {
  const page = await readPage();
  expect(page.querySelector("meta[name=viewport]")).not.toBeNull();
  expect(page.querySelector("html")?.getAttribute("lang")).toBeTruthy();
});

test("its style sheet comes from this server", async () => {
  const page = await readPage();
  const href = page.querySelector("link[rel=stylesheet]")?.getAttribute("href") ?? "";
  expect(href).toMatch(/^\/[^/]/);
  expect(await app.get(href)).toMatchObject({ status: 200, type: "text/css" });
});

test("HTML in a name and in a nickname is shown as text", async () => {
  const tricks = {
    name: `<img src=x onerror=alert(1)> &lt;b&gt; data-evil=0 " data-evil="1" ' data-evil='2' x`,
    nickname: `"><script>alert(2)</script> &amp; '`,
  };
  const more = { name: "Mallory", nickname: "x data-evil=3 ' data-evil='4" };
  for (const user of [someUser(tricks), someUser(more), strangeUser()])
    await app.post("/api/users", user);
  const page = await readPage();
  const users = (await app.get("/api/users")).json as { name: string; nickname: string }[];
  for (const { name } of users.slice(-3)) expect(page.text).toContain(name);
  // Where nicknames are shown, they are shown as they are.
  if (page.text.includes("alice")) expect(page.text).toContain(tricks.nickname);
  expect(page.querySelectorAll("img")).toHaveLength(0);
  expect(page.querySelectorAll("[data-evil]")).toHaveLength(0);
  expect(page.querySelectorAll("script").filter((script) => script.text.includes("alert"))).toEqual(
    [],
  );
});

/** Asks for a path as it is written: `fetch` would resolve `..` before it sends it. */
const getRaw = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port } = app.running();
    get({ port, host: "127.0.0.1", path, agent: false }, (answer) => {
      readAll(answer).then(resolve, reject);
    }).on("error", reject);
  });

test("no path hands out the database, the source or a template", async () => {
  const { folder } = app.running();
  const secret = `secret ${someWord()}`;
  const name = `notes-${someWord()}.txt`;
  const folders = ["", "instance", "views"].filter(
    (it) => it === "" || readdirSync(folder).includes(it),
  );
  const notes = [join(dirname(folder), name), ...folders.map((it) => join(folder, it, name))];
  for (const file of notes) writeFileSync(file, secret);
  try {
    const source = readFileSync(join(folder, "app.ts"), "utf8").slice(0, 200);
    const files = [name, "app.ts", "chat.db", "instance/chat.db"].concat(
      folders.map((it) => `${it}/${name}`),
    );
    const places = ["", "static/", "public/", `${basename(folder)}/`];
    const outside = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "../../", "..%2f..%2f", "..%5c"];
    const paths = [...places, ...outside].flatMap((it) => files.map((file) => `/${it}${file}`));
    const handedOut = await Promise.all(
      paths.map(async (path) => {
        const text = await getRaw(path);
        return [secret, source, "SQLite format 3"].some((it) => text.includes(it)) ? path : "";
      }),
    );
    expect(handedOut.filter((path) => path !== "")).toEqual([]);
  } finally {
    for (const file of notes) rmSync(file, { force: true });
  }
});
