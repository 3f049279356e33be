import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { browserTest, eventually, type Visitor } from "#testkit";
import { newAccount, PASSWORD, useApp, username, word } from "../helpers.ts";

const app = useApp();

const FORM = { "content-type": "application/x-www-form-urlencoded" };
/** What a browser says of where a request comes from; undefined where it says nothing. */
const SITES = [
  ...[undefined, "same-origin", "none", "same-site", "cross-site"],
  ...["garbage", "same-origin, cross-site"],
];
/** The origins of pages that may send a form, and how they are called here. */
const ORIGINS = {
  "no Origin": () => undefined,
  "our own Origin": () => app.running().url,
  // Behind a proxy that speaks https, we know nothing of it: host and port are compared.
  "our own Origin by https": () => app.running().url.replace("http:", "https:"),
  "the Origin of another port": () => "http://127.0.0.1:9",
  "the Origin of another host": () => app.running().url.replace("127.0.0.1", "evil.example"),
  "an Origin that ends as ours": () => app.running().url.replace("//", "//evil."),
  "the Origin null": () => "null",
} as const;
type OriginName = keyof typeof ORIGINS;
type Case = { site: string | undefined; origin: OriginName; hasCookie: boolean };

const CASES: Case[] = SITES.flatMap((site) =>
  (Object.keys(ORIGINS) as OriginName[]).flatMap((origin) =>
    [true, false].map((hasCookie) => ({ site, origin, hasCookie })),
  ),
);
const titleOf = ({ site, origin, hasCookie }: Case) =>
  [site ? `Sec-Fetch-Site: ${site}` : "no Sec-Fetch-Site", origin, hasCookie ? "" : "no"]
    .join(", ")
    .concat(hasCookie ? "a cookie" : " cookie");

/** The rule: whether a form that comes like this is of another site. */
const isRefused = ({ site, origin, hasCookie }: Case): boolean => {
  if (site) return site !== "same-origin" && site !== "none";
  if (origin !== "no Origin") return !origin.startsWith("our own Origin");
  return hasCookie;
};
const headersOf = ({ site, origin }: Pick<Case, "site" | "origin">): Record<string, string> => {
  const from = ORIGINS[origin]();
  return {
    ...FORM,
    ...(site === undefined ? {} : { "sec-fetch-site": site }),
    ...(from === undefined ? {} : { origin: from }),
  };
};

/** Somebody who is logged in, and the name of the account. */
const member = async (): Promise<{ visitor: Visitor; name: string }> => {
  const [visitor, name] = [app.visitor(), username()];
  expect(await app.form(visitor, "/register", newAccount(name))).toMatchObject({ status: 303 });
  return { visitor, name };
};
const me = async (visitor: Visitor) => (await visitor.get("/api/me")).json;
const body = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
/** Two forms of another site: of a browser, and of one that says less. */
const FOREIGN = [
  { site: "cross-site", origin: "the Origin of another host" },
  { site: undefined, origin: "the Origin of another port" },
] as const;

test("whether a logout is of our own page: each case of Sec-Fetch-Site, Origin and cookie is answered as the rule says", async () => {
  for (const each of CASES) {
    const { visitor, name } = await member();
    const sender = each.hasCookie ? visitor : app.visitor();
    const { status } = await sender.post("/logout", "", headersOf(each));
    expect(status, titleOf(each)).toBe(isRefused(each) ? 403 : 303);
    const isOut = each.hasCookie && !isRefused(each);
    if (isOut) expect((await me(visitor)).loggedIn, titleOf(each)).toBe(false);
    else expect(await me(visitor), titleOf(each)).toEqual({ name, loggedIn: true });
  }
});

test.for(["/login", "/register"])("so is each case of %s", async (path) => {
  const known = (await member()).name;
  for (const each of CASES) {
    const sender = app.visitor();
    if (each.hasCookie) await sender.get("/chat");
    const before = await me(sender);
    const name = path === "/login" ? known : username();
    const { status } = await sender.post(path, body(newAccount(name)), headersOf(each));
    expect(status, titleOf(each)).toBe(isRefused(each) ? 403 : 303);
    const after = isRefused(each) ? before : { name, loggedIn: true };
    expect(await me(sender), titleOf(each)).toEqual(after);
  }
});

test("what is refused makes no account, gives no cookie and uses up nobody's guesses", async () => {
  for (const foreign of FOREIGN) {
    const headers = headersOf(foreign);
    const [visitor, name] = [app.visitor(), username()];
    const refused = await visitor.post("/register", body(newAccount(name)), headers);
    expect(refused.status).toBe(403);
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(await app.form(visitor, "/register", newAccount(name))).toMatchObject({ status: 303 });
    for (let guesses = 1; guesses <= 12; guesses += 1) {
      const wrong = body({ username: name, password: word() });
      expect((await app.visitor().post("/login", wrong, headers)).status).toBe(403);
    }
    const right = { username: name, password: PASSWORD };
    expect((await app.form(app.visitor(), "/login", right)).headers.get("location")).toBe("/");
  }
});

test("whatever the form holds, it is refused", async () => {
  for (const foreign of FOREIGN) {
    for (const content of ["", "%", "username=a&username=b", "x=1"]) {
      const { status } = await app.post("/login", content, headersOf(foreign));
      expect(status, content).toBe(403);
    }
  }
});

test("the refusal is a page that says so, and leads to the first page", async () => {
  const { visitor, name } = await member();
  for (const foreign of FOREIGN) {
    const { status, type, text } = await visitor.post("/logout", "", headersOf(foreign));
    expect([status, type]).toEqual([403, "text/html"]);
    expect(text).toContain("403");
    expect(text).toMatch(/<a [^>]*href="\/"/);
    expect(text, "who is logged in").toContain(name);
  }
});

test("to read a page is never refused: links from other sites lead here", async () => {
  const { visitor, name } = await member();
  for (const site of SITES) {
    for (const origin of Object.keys(ORIGINS) as OriginName[]) {
      const { "content-type": _, ...headers } = headersOf({ site, origin });
      for (const path of ["/", "/login", "/api/me"])
        expect((await visitor.get(path, headers)).status, `${path}, ${site}, ${origin}`).toBe(200);
      expect((await visitor.send("HEAD", "/", undefined, headers)).status).toBe(200);
    }
  }
  expect(await me(visitor)).toEqual({ name, loggedIn: true });
});

/** Runs somebody else's page, whose button sends a form to us. */
const withForeignPage = async (
  action: string,
  fields: Record<string, string>,
  look: (url: string) => Promise<void>,
) => {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
  );
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>kittens</title>
      <form action="${app.running().url}${action}" method="post">
        ${inputs.join("")}<button>See the kittens</button>
      </form>`);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await look(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

browserTest("a page of another server logs nobody out, and our own page does", async () => {
  const name = username();
  const page = await app.page("/login");
  const form = page.locator('form[action="/register"]');
  for (const [field, value] of Object.entries(newAccount(name)))
    await form.locator(`[name=${field}]`).fill(value);
  await form.locator("button").click();
  const logout = page.locator('form[action="/logout"] button');
  await eventually(() => logout.innerText()).toContain(name);
  await withForeignPage("/logout", {}, async (url) => {
    await page.goto(url);
    const answered = page.waitForResponse((it) => it.request().method() === "POST");
    await page.locator("button").click();
    expect((await answered).status()).toBe(403);
    await eventually(() => page.locator("main").innerText()).toContain("403");
  });
  await page.goto(app.running().url);
  expect(await logout.innerText()).toContain(name);
  await logout.click();
  await eventually(() => page.locator("main").innerText()).toContain("You are logged out.");
});

browserTest("a page of another server logs nobody in, under a name of its own", async () => {
  const { name } = await member();
  const page = await app.page("/chat");
  await withForeignPage("/login", { username: name, password: PASSWORD }, async (url) => {
    await page.goto(url);
    const answered = page.waitForResponse((it) => it.request().method() === "POST");
    await page.locator("button").click();
    expect((await answered).status()).toBe(403);
  });
  await page.goto(`${app.running().url}/chat`);
  expect(await page.locator("main").innerText()).not.toContain(name);
  expect(await page.locator('form[action="/logout"]').count()).toBe(0);
});
