import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { aliceBobAndCharlie, useApp } from "#testkit";

const app = useApp();
const readPage = async () => parse((await app.get("/front/users")).text);

test("/front/users is an HTML page, also while there is nobody", async () => {
  expect(await app.get("/front/users")).toMatchObject({ status: 200, type: "text/html" });
});

test("the page shows each user, with a link to /front/messages/<id>", async () => {
  await app.addUsers();
  const page = await readPage();
  for (const { name } of aliceBobAndCharlie) expect(page.text).toContain(name);
  const links = page.querySelectorAll("a").map((link) => link.getAttribute("href"));
  expect(links).toEqual(expect.arrayContaining([1, 2, 3].map((id) => `/front/messages/${id}`)));
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
  const name = "<img src=x onerror=alert(1)>";
  const nickname = `"><script>alert(2)</script>`;
  await app.post("/api/users", { name, email: "eve@foo.com", nickname });
  const page = await readPage();
  expect(page.text).toContain(name);
  expect(page.querySelectorAll("img")).toHaveLength(0);
  expect(page.querySelectorAll("script").filter((script) => script.text.includes("alert"))).toEqual(
    [],
  );
});
