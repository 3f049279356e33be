import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join as joinPath } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import {
  type App,
  browserTest,
  request,
  type Start,
  startApp,
  target,
  type Visitor,
} from "#testkit";
import { useApp } from "../helpers.ts";

const app = useApp();

const DAY = 86_400_000;
const [NEW, OLD] = [`new${"n".repeat(40)}`, `old${"o".repeat(40)}`];

/** The signature of a session's id, as express-session makes it. */
const signature = (sid: string, secret: string) =>
  createHmac("sha256", secret).update(sid).digest("base64").replace(/=+$/, "");
/** A cookie's value, signed with a secret. */
const signed = (sid: string, secret: string) => `s:${sid}.${signature(sid, secret)}`;
/** The parts of a visitor's cookie. */
const sidOf = async (visitor: Visitor): Promise<{ sid: string; sign: string }> => {
  const value = decodeURIComponent((await visitor.cookie("sid")) ?? "");
  const [, sid = "", sign = ""] = /^s:(.+)\.([^.]+)$/.exec(value) ?? [];
  return { sid, sign };
};
/** The name that /api/me tells. */
const nameOf = async (visitor: Visitor): Promise<string | null> =>
  (await visitor.get("/api/me")).json.name;
/** The name that the page of the chat shows to whoever sends this cookie. */
const nameFor = async (cookie: string, url = app.running().url) => {
  const { status, text, headers } = await request(`${url}/chat`, { headers: { cookie } });
  expect(status, `GET /chat with the cookie ${cookie.slice(0, 80)}`).toBe(200);
  const main = text.slice(text.indexOf("<main"));
  return { name: /User\d{6}/.exec(main)?.[0], given: headers.getSetCookie().join() };
};
const configOf = (folder: string) => joinPath(folder, "instance", "config.env");
const secretOf = (folder: string) =>
  parseEnv(readFileSync(configOf(folder), "utf8")).SESSION_SECRET ?? "";
/** A further app, with a folder of its own, while something is looked at. */
const withApp = async (start: Start, look: (own: App) => Promise<void>) => {
  const own = await startApp(target().folder, start);
  try {
    await look(own);
  } finally {
    await own.stop();
  }
};
/** Starts the app in a folder without config.env, and waits for its end. */
const startWithout = async (env: NodeJS.ProcessEnv) => {
  const file = configOf(app.running().folder);
  const kept = existsSync(file) ? readFileSync(file) : undefined;
  rmSync(file, { force: true });
  try {
    return { ...(await app.running().startAgain(env)), made: existsSync(file) };
  } finally {
    if (kept) writeFileSync(file, kept, { mode: 0o600 });
  }
};

test("the page of the chat gives a cookie: no script reads it, no other site sends it, seven days", async () => {
  const { status, headers } = await app.get("/chat");
  expect(status).toBe(200);
  const cookies = headers.getSetCookie();
  expect(cookies).toHaveLength(1);
  const [pair = "", ...attributes] = (cookies[0] ?? "").split(/;\s*/);
  expect(pair).toMatch(/^sid=/);
  const given = new Map(
    attributes.map((it) => {
      const [name = "", value = ""] = it.split("=");
      return [name.toLowerCase(), value] as const;
    }),
  );
  expect(given.has("httponly"), "HttpOnly").toBe(true);
  expect(given.get("samesite")?.toLowerCase(), "SameSite").toBe("lax");
  expect(given.get("path"), "Path").toBe("/");
  expect(given.has("domain"), "Domain").toBe(false);
  expect(given.has("secure"), "Secure, though this is http").toBe(false);
  const maxAge = given.get("max-age");
  const ends = maxAge ? Number(maxAge) * 1000 : Date.parse(given.get("expires") ?? "") - Date.now();
  expect(Math.abs(ends - 7 * DAY), "how far from seven days it ends").toBeLessThan(120_000);
});

test("who only looks around gets no cookie", async () => {
  for (const path of ["/", "/login", "/api/me", "/api/version", "/nobody", "/style.css"])
    expect((await app.get(path)).headers.getSetCookie(), path).toEqual([]);
});

test("a visitor has a name, the same on the page and in /api/me, and at each visit", async () => {
  const visitor = app.visitor();
  expect(await nameOf(visitor), "before the first chat").toBeNull();
  const { text } = await visitor.get("/chat");
  const cookie = await visitor.cookie("sid");
  const name = await nameOf(visitor);
  expect(name).toMatch(/^User\d{6}$/);
  expect(text.slice(text.indexOf("<main"))).toContain(name);
  for (const path of ["/", "/login", "/chat", "/chat"]) await visitor.get(path);
  expect(await nameOf(visitor)).toBe(name);
  expect(await visitor.cookie("sid"), "the cookie").toBe(cookie);
});

test("200 visitors have 200 names, and nobody's follows from the one before", async () => {
  const names: string[] = [];
  for (let times = 0; times < 10; times += 1) {
    const visitors = await Promise.all(Array.from({ length: 20 }, () => app.opened()));
    for (const visitor of visitors) names.push(`${await nameOf(visitor)}`);
  }
  for (const name of names) expect(name).toMatch(/^User\d{6}$/);
  expect(new Set(names).size).toBe(200);
  const numbers = names.map((name) => Number(name.slice(4)));
  const steps = numbers.slice(1).map((number, at) => Math.abs(number - (numbers[at] ?? 0)));
  // By chance, two in a row are as near as 10 once in 45,000 times.
  expect(steps.filter((step) => step <= 10).length, "neighbours").toBeLessThan(5);
  expect(new Set(steps).size, "different distances").toBeGreaterThan(100);
  expect(Math.max(...numbers) - Math.min(...numbers)).toBeGreaterThan(100_000);
});

test("a cookie that is forged, cut or signed with another secret makes a new visitor, and no error", async () => {
  const visitor = await app.opened();
  const other = await app.opened();
  const [name, { sid, sign }] = [await nameOf(visitor), await sidOf(visitor)];
  expect(sid, "the id in a signed cookie").not.toBe("");
  const turned = (sign.startsWith("a") ? "b" : "a") + sign.slice(1);
  for (const value of [
    sid,
    `s:${sid}`,
    `s:${sid}.`,
    `s:${sid}.${sign.slice(0, -1)}`,
    `s:${sid}.${sign}x`,
    `s:${sid}.${turned}`,
    `s:${(await sidOf(other)).sid}.${sign}`,
    signed(sid, OLD),
    signed(sid, ""),
    `s:${JSON.stringify({ anonName: name })}.${sign}`,
    `j:{"anonName":"${name}"}`,
    "s:",
    "s:.",
    "__proto__",
    "x".repeat(4000),
  ]) {
    for (const cookie of [`sid=${encodeURIComponent(value)}`, `sid=${value}`]) {
      const { name: shown, given } = await nameFor(cookie);
      expect(shown, cookie.slice(0, 80)).toMatch(/^User\d{6}$/);
      expect(shown, "the name of somebody else").not.toBe(name);
      expect(given, "a new cookie").toMatch(/^sid=/);
      expect(decodeURIComponent(given), "with an id that was not foisted on us").not.toContain(sid);
      const { status, json } = await app.get("/api/me", { cookie });
      expect({ status, name: json.name }).toEqual({ status: 200, name: null });
    }
  }
  expect(await nameOf(visitor), "the name of the true cookie's visitor").toBe(name);
});

test("cookies that cannot be read, or come twice, are no error", async () => {
  const visitor = await app.opened();
  const good = `sid=${await visitor.cookie("sid")}`;
  const name = await nameOf(visitor);
  for (const cookie of ["sid", "sid=", "=x", ";;;", "sid=%", "sid=%E0%A4%A", 'sid="', "sid=;sid="])
    expect((await nameFor(cookie)).name, cookie).toMatch(/^User\d{6}$/);
  for (const cookie of [`${good}; ${good}`, `sid=x; ${good}`, `${good}; sid=x`])
    expect((await nameFor(cookie)).name).toMatch(/^User\d{6}$/);
  expect((await nameFor(`a=b; ${good}; theme="dark"`)).name, "among others").toBe(name);
});

test("a cookie that is signed, but of no session, makes a new visitor under another id", async () => {
  const cookie = `sid=${encodeURIComponent(signed("nobody", secretOf(app.running().folder)))}`;
  const { name, given } = await nameFor(cookie);
  expect(name).toMatch(/^User\d{6}$/);
  expect(given).toMatch(/^sid=/);
  expect(decodeURIComponent(given)).not.toContain("s:nobody.");
});

test("the pages of a visitor are kept in no memory", async () => {
  for (const path of ["/", "/chat", "/login"])
    expect((await app.get(path)).headers.get("cache-control"), path).toMatch(/no-store/);
});

test("the first start makes a secret, and says so in one line, without the secret", async () => {
  const { folder, log } = app.running();
  const secret = secretOf(folder);
  expect(secret.length).toBeGreaterThanOrEqual(32);
  const told = log()
    .split("\n")
    .filter((line) => line.includes("config.env"));
  expect(told).toHaveLength(1);
  expect(log()).not.toContain(secret);
  await withApp({}, async (own) => expect(secretOf(own.folder)).not.toBe(secret));
});

test.skipIf(process.platform === "win32")(
  "only whoever runs the server may read the file of the secret",
  () => {
    expect((statSync(configOf(app.running().folder)).mode & 0o777).toString(8)).toBe("600");
  },
);

test("cookies are signed with the secret of that file", async () => {
  const { sid, sign } = await sidOf(await app.opened());
  expect(sign).toBe(signature(sid, secretOf(app.running().folder)));
});

test("the next start takes the same secret, and says nothing", async () => {
  const before = readFileSync(configOf(app.running().folder), "utf8");
  const server = await app.another();
  expect(server.log()).not.toContain("config.env");
  expect(readFileSync(configOf(app.running().folder), "utf8")).toBe(before);
  const { sid, sign } = await sidOf(await app.opened(server));
  expect(sign).toBe(signature(sid, secretOf(app.running().folder)));
});

test("SESSION_SECRET goes first, and then no file is made", async () => {
  const server = await app.another({ env: { SESSION_SECRET: NEW } });
  const { sid, sign } = await sidOf(await app.opened(server));
  expect(sign).toBe(signature(sid, NEW));
  await withApp({ env: { SESSION_SECRET: NEW, NODE_ENV: "production" } }, async (own) => {
    expect(existsSync(configOf(own.folder))).toBe(false);
    const visitor = app.visitor(own);
    await visitor.get("/chat");
    expect(await nameOf(visitor)).toMatch(/^User\d{6}$/);
  });
});

test("of several secrets the first one signs, and each is accepted", async () => {
  const server = await app.another({ env: { SESSION_SECRET: `${NEW},${OLD}` } });
  const visitor = await app.opened(server);
  const { sid, sign } = await sidOf(visitor);
  expect(sign).toBe(signature(sid, NEW));
  const name = await nameOf(visitor);
  const cookie = (secret: string) => `sid=${encodeURIComponent(signed(sid, secret))}`;
  for (const secret of [NEW, OLD])
    expect((await nameFor(cookie(secret), server.url)).name, "signed with either").toBe(name);
  for (const secret of [`${NEW},${OLD}`, "x".repeat(40), secretOf(app.running().folder)])
    expect((await nameFor(cookie(secret), server.url)).name, "with neither").not.toBe(name);
});

test("in production, without a secret, it does not start: one line says why, with a command that makes one", async () => {
  const { exitCode, stderr, made } = await startWithout({
    NODE_ENV: "production",
    SESSION_SECRET: "",
  });
  expect(exitCode).toBe(1);
  expect(made, "whether a file was made").toBe(false);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain("SESSION_SECRET");
  const [command] = /\bnode -[a-z]+ .*$/m.exec(stderr) ?? [""];
  expect(command).not.toBe("");
  // By the Node of this course, in the shell that its readers have.
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH };
  const printed = execFileSync("bash", ["-c", command], { env, stdio: ["ignore", "pipe", "pipe"] });
  const secret = printed.toString().trim();
  expect(secret.length).toBeGreaterThanOrEqual(32);
  const server = await app.another({ env: { NODE_ENV: "production", SESSION_SECRET: secret } });
  const { sid, sign } = await sidOf(await app.opened(server));
  expect(sign).toBe(signature(sid, secret));
});

test("a secret that is shorter than 32 characters is refused, in a list and in production, too", async () => {
  for (const SESSION_SECRET of ["x".repeat(31), "secret", `${NEW},short`, `short,${NEW}`]) {
    for (const NODE_ENV of ["production", "development"]) {
      const { exitCode, stderr } = await startWithout({ NODE_ENV, SESSION_SECRET });
      const what = `${NODE_ENV}, with ${SESSION_SECRET}`;
      expect(exitCode, what).toBe(1);
      expect(stderr.trim().split("\n"), what).toHaveLength(1);
      expect(stderr, what).toContain("SESSION_SECRET");
      expect(stderr, "the secret itself").not.toContain(NEW);
    }
  }
  const server = await app.another({ env: { SESSION_SECRET: "x".repeat(32) } });
  expect(await app.opened(server)).toBeTypeOf("object");
});

test("so is a short one in config.env", async () => {
  const prepare = (folder: string) => {
    mkdirSync(joinPath(folder, "instance"), { recursive: true });
    writeFileSync(configOf(folder), "SESSION_SECRET=short\n");
  };
  await expect(withApp({ prepare }, async () => {})).rejects.toThrow("SESSION_SECRET");
});

browserTest(
  "the page shows the visitor's name, and the same one when it is loaded again",
  async () => {
    const [page, other] = [await app.chatPage(), await app.chatPage()];
    const name = async (of: typeof page) =>
      /User\d{6}/.exec(await of.locator("main").innerText())?.[0];
    const before = await name(page);
    expect(before).toMatch(/^User\d{6}$/);
    expect(await name(other)).not.toBe(before);
    await page.reload();
    expect(await name(page)).toBe(before);
    expect(await page.evaluate("document.cookie"), "what a script sees of the cookie").toBe("");
  },
);

test("what else stands in config.env stays there when a secret is made", async () => {
  const prepare = (folder: string) => {
    mkdirSync(joinPath(folder, "instance"), { recursive: true });
    writeFileSync(configOf(folder), "OTHER=1\n");
  };
  await withApp({ prepare }, async (own) => {
    expect(parseEnv(readFileSync(configOf(own.folder), "utf8"))).toMatchObject({ OTHER: "1" });
    expect(secretOf(own.folder).length).toBeGreaterThanOrEqual(32);
  });
});
