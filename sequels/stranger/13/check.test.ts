import { connect } from "node:net";
import { expect, test } from "vitest";
import type { Answer, Server } from "#testkit";
import { faultOn, newAccount, PASSWORD, useApp, username, word } from "../helpers.ts";

/** Where all come from one address: whoever is to fail there has a further server, which counts anew. */
const app = useApp();
/** Behind a proxy, who tells it where somebody comes from: each test has addresses of its own. */
const behind = useApp({ env: { TRUST_PROXY: "loopback" }, clock: true });

const MINUTE = 60_000;

/** Makes an account. All servers of an app have the same data. */
const member = async (at = app, name = username()): Promise<string> => {
  const { status } = await at.form(at.visitor(), "/register", newAccount(name));
  expect(status).toBe(303);
  return name;
};

type Guess = { password?: string; from?: string };
/** Somebody who logs in at a server, from this address if they say no other one. */
const guest = (server: Server, address?: string) => {
  const send = (
    name: string,
    { password = PASSWORD, from = address }: Guess = {},
  ): Promise<Answer> => {
    const headers: Record<string, string> = app.ofPage(server);
    if (from !== undefined) headers["x-forwarded-for"] = from;
    return app.form(app.visitor(server), "/login", { username: name, password }, headers);
  };
  /** What becomes of a login: "in", "wrong", or a status such as "429". */
  const logIn = async (name: string, how?: Guess): Promise<string> => {
    const { status, headers } = await send(name, how);
    if (status !== 303) return String(status);
    return headers.get("location") === "/" ? "in" : "wrong";
  };
  /** Fails so many times, one after the other, and expects that each is answered as a wrong one. */
  const fail = async (times: number, name: string, from = address) => {
    for (let number = 1; number <= times; number += 1) {
      const what = `failure number ${number} of ${name} from ${from ?? "here"}`;
      expect(await logIn(name, { password: word(), from }), what).toBe("wrong");
    }
  };
  return { send, logIn, fail };
};
let addresses = 0;
/** An address that nobody else has, of those that are kept for documents. */
const freshAddress = () => `198.51.100.${++addresses}`;
/** Somebody behind the proxy, from an address that nobody else has. */
const fresh = () => guest(behind.running(), freshAddress());
/** The seconds after which a refused login may be tried again. */
const retryAfter = ({ headers }: Answer) => Number(headers.get("retry-after"));

test("after 10 failures the 11th is answered 429, on the login page, with a reason and Retry-After in seconds", async () => {
  const name = await member();
  const { send, fail } = guest(await app.another());
  await fail(10, name);
  const answer = await send(name, { password: word() });
  expect([answer.status, answer.type]).toEqual([429, "text/html"]);
  expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(retryAfter(answer)).toBeGreaterThanOrEqual(1);
  expect(retryAfter(answer)).toBeLessThanOrEqual(900);
  expect(answer.text, "the form").toMatch(/action="\/login"/);
  expect(faultOn(answer), "the reason").toMatch(/too many/i);
  const right = await send(name);
  expect([right.status, right.headers.get("location")], "the right password").toEqual([429, null]);
});

test("after 9 the right password is, and it does not undo them", async () => {
  const name = await member();
  const server = await app.another();
  const { logIn, fail } = guest(server);
  const visitor = app.visitor(server);
  await app.form(visitor, "/login", newAccount(name), app.ofPage(server));
  await fail(9, name);
  expect(await logIn(name)).toBe("in");
  await fail(1, name);
  expect(await logIn(name)).toBe("429");
  const { json } = await visitor.get("/api/me");
  expect(json, "who was logged in before").toEqual({ name, loggedIn: true });
});

test("another name is let in from the same address: what was refused counts for nobody", async () => {
  const [guessed, other] = [await member(), await member()];
  const { logIn, fail } = guest(await app.another());
  await fail(10, guessed);
  for (let times = 0; times < 60; times += 1)
    expect(await logIn(guessed, { password: word() })).toBe("429");
  expect(await logIn(other)).toBe("in");
});

test("until 50 have failed from one address, over all names", async () => {
  const name = await member();
  const { send, logIn, fail } = guest(await app.another());
  for (let names = 0; names < 49; names += 1) await fail(1, username());
  expect(await logIn(name), "after 49").toBe("in");
  await fail(1, username());
  for (const each of [name, username()]) {
    const answer = await send(each);
    expect(answer.status, "after 50").toBe(429);
    expect(retryAfter(answer)).toBeGreaterThanOrEqual(1);
    expect(retryAfter(answer)).toBeLessThanOrEqual(900);
    expect(faultOn(answer)).toMatch(/too many/i);
  }
});

test("nobody is believed who says that they come from elsewhere, unless TRUST_PROXY says so", async () => {
  for (const TRUST_PROXY of ["", "10.1.2.3"]) {
    const name = await member();
    const { logIn, fail } = guest(await app.another({ env: { TRUST_PROXY } }));
    for (let number = 1; number <= 10; number += 1) await fail(1, name, freshAddress());
    const answer = await logIn(name, { from: freshAddress() });
    expect(answer, `with TRUST_PROXY=${TRUST_PROXY}`).toBe("429");
  }
});

test("behind a proxy that TRUST_PROXY names, the address counts that the proxy tells", async () => {
  const name = await member(behind);
  const { logIn, fail } = guest(behind.running());
  const [one, two, three] = [freshAddress(), freshAddress(), freshAddress()];
  await fail(10, name, one);
  expect(await logIn(name, { from: one })).toBe("429");
  for (const from of [two, "2001:db8::1", undefined])
    expect(await logIn(name, { from }), `from ${from}`).toBe("in");
  // A proxy adds to what came: what stands before is what the other side has made up.
  expect(await logIn(name, { from: `${two}, ${one}` })).toBe("429");
  for (let number = 1; number <= 10; number += 1)
    await fail(1, name, `${freshAddress()}, ${three}`);
  expect(await logIn(name, { from: `${two}, ${three}` })).toBe("429");
});

test("from one such address 50 may fail over many names, and others go on", async () => {
  const name = await member(behind);
  const { logIn, fail } = fresh();
  for (let names = 0; names < 50; names += 1) await fail(1, username());
  expect(await logIn(name)).toBe("429");
  expect(await fresh().logIn(name)).toBe("in");
});

test("of one name 200 may fail over many addresses, and other names go on", async () => {
  const [name, other] = [await member(behind), await member(behind)];
  for (let number = 1; number <= 19; number += 1) await fresh().fail(10, name);
  await fresh().fail(9, name);
  expect(await fresh().logIn(name), "after 199").toBe("in");
  await fresh().fail(1, name.toUpperCase());
  expect(await fresh().logIn(name), "after 200").toBe("429");
  expect(await fresh().logIn(other)).toBe("in");
});

test("a name that nobody has is counted as one that somebody has, and answered alike", async () => {
  const { send, fail } = fresh();
  const texts: string[] = [];
  for (const name of [await member(behind), username()]) {
    await fail(10, name);
    const { status, text } = await send(name, { password: word() });
    expect(status).toBe(429);
    // How many they are may differ.
    texts.push(text.replace(/\d+ seconds?/g, "N seconds"));
  }
  expect(texts[0]).toBe(texts[1]);
});

test("right logins do not count, however many", async () => {
  const [name, other] = [await member(behind), await member(behind)];
  const { logIn, fail } = fresh();
  for (let times = 1; times <= 60; times += 1) expect(await logIn(name), `${times}`).toBe("in");
  await fail(9, name);
  for (const each of [name, other]) expect(await logIn(each)).toBe("in");
});

test("names that look alike are one name", async () => {
  const name = await member(behind);
  const wide = name.replace(/[!-~]/g, (it) => String.fromCodePoint(it.charCodeAt(0) + 0xfee0));
  const alike = [name, name.toUpperCase(), `  ${name}`, `${name}\u00a0`, wide, wide.toUpperCase()];
  const { logIn, fail } = fresh();
  for (const each of [...alike, ...alike.slice(0, 4)]) await fail(1, each);
  for (const each of alike) expect(await logIn(each), each).toBe("429");
});

test("a name that is written as an address, or with one, counts for nobody else", async () => {
  const name = await member(behind, "eve");
  const victim = "192.0.2.1";
  const written = [
    ...[victim, `from ${victim}`, `eve from ${victim}`, `eve ${victim}`, `${victim} eve`],
    ...[`eve@${victim}`, `eve:${victim}`, `eve|${victim}`, `eve,${victim}`, `eve/${victim}`],
  ];
  for (const each of written)
    for (let times = 0; times < 5; times += 1) await fresh().fail(10, each);
  expect(await guest(behind.running(), victim).logIn(name)).toBe("in");
});

test("of 50 guesses at the same moment no more than 10 are looked at", async () => {
  for (const name of [await member(behind), username()]) {
    const { logIn } = fresh();
    const guesses = Array.from({ length: 50 }, () => logIn(name, { password: word() }));
    const answers = await Promise.all(guesses);
    expect(answers.filter((it) => it === "wrong").length, "looked at").toBeLessThanOrEqual(10);
    expect(answers.filter((it) => it !== "wrong" && it !== "429")).toEqual([]);
  }
});

test("ten that are still being looked at count already: the right password behind them is refused", async () => {
  const name = await member(behind);
  const { port, url } = behind.running();
  const from = freshAddress();
  const login = (password: string, connection = "keep-alive") => {
    const body = new URLSearchParams({ username: name, password }).toString();
    const headers = { ...app.ofPage({ url }), "x-forwarded-for": from, connection };
    const all = { host: new URL(url).host, ...headers, "content-length": body.length };
    const lines = Object.entries(all).map(([key, value]) => `${key}: ${value}`);
    return ["POST /login HTTP/1.1", ...lines, "", body].join("\r\n");
  };
  // On one connection, in one piece: all have come before the first one is done.
  const guesses = Array.from({ length: 12 }, () => login(word()));
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  try {
    socket.write([...guesses, login(PASSWORD, "close")].join(""));
    const text = (await socket.toArray()).join("");
    const answers = Array.from(text.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => status);
    const ten = Array.from({ length: 10 }, () => "303");
    expect(answers).toEqual([...ten, "429", "429", "429"]);
  } finally {
    socket.destroy();
  }
});

test("nor are many names at the same moment let through together", async () => {
  const { logIn } = fresh();
  const answers: string[] = [];
  for (let crowd = 0; crowd < 5; crowd += 1) {
    const guesses = Array.from({ length: 20 }, () => logIn(username(), { password: word() }));
    answers.push(...(await Promise.all(guesses)));
  }
  expect(answers.filter((it) => it === "wrong").length, "looked at").toBeLessThanOrEqual(50);
  expect(answers.filter((it) => it !== "wrong" && it !== "429")).toEqual([]);
});

test("15 minutes after the first failures as many more may be tried, and not before", async () => {
  const name = await member(behind);
  const { moveClock } = behind.running();
  const { send, logIn, fail } = fresh();
  await fail(5, name);
  await moveClock(10 * MINUTE);
  await fail(5, name);
  await moveClock(4 * MINUTE);
  // A minute is left, less what the ten have taken.
  const seconds = retryAfter(await send(name));
  expect(seconds).toBeGreaterThanOrEqual(40);
  expect(seconds).toBeLessThanOrEqual(60);
  await moveClock(seconds * 1000);
  // The first five are forgotten, the second five are not.
  expect(await logIn(name)).toBe("in");
  await fail(5, name);
  expect(await logIn(name)).toBe("429");
  await moveClock(15 * MINUTE);
  await fail(9, name);
  expect(await logIn(name)).toBe("in");
});

test("so it is for an address, and for a name from many addresses", async () => {
  const [name, guessed] = [await member(behind), await member(behind)];
  const { moveClock } = behind.running();
  const { send, logIn, fail } = fresh();
  for (let names = 0; names < 50; names += 1) await fail(1, username());
  for (let number = 1; number <= 20; number += 1) await fresh().fail(10, guessed);
  await moveClock(14 * MINUTE);
  for (const answer of [await send(name), await fresh().send(guessed)]) {
    expect(answer.status).toBe(429);
    expect(retryAfter(answer)).toBeLessThanOrEqual(60);
  }
  await moveClock(MINUTE);
  expect(await logIn(name)).toBe("in");
  expect(await fresh().logIn(guessed)).toBe("in");
});

test("what is refused does not make the time longer", async () => {
  const name = await member(behind);
  const { moveClock } = behind.running();
  const { logIn, fail } = fresh();
  await fail(10, name);
  for (let minutes = 1; minutes < 15; minutes += 1) {
    await moveClock(MINUTE);
    expect(await logIn(name, { password: word() }), `minute ${minutes}`).toBe("429");
  }
  await moveClock(MINUTE);
  expect(await logIn(name)).toBe("in");
});

test("with TRUST_PROXY=true, or what is no address, it does not start, and one line says why", async () => {
  for (const TRUST_PROXY of ["true", "nonsense", "loopback, nonsense"]) {
    const { exitCode, stderr } = await app.running().startAgain({ TRUST_PROXY });
    expect(exitCode, TRUST_PROXY).toBe(1);
    expect(stderr.trim().split("\n"), TRUST_PROXY).toHaveLength(1);
    expect(stderr, TRUST_PROXY).toContain("TRUST_PROXY");
  }
  await app.another({ env: { TRUST_PROXY: "loopback, 10.0.0.0/8, 2001:db8::1" } });
});
