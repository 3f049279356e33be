import { argon2Sync, randomBytes } from "node:crypto";
import { join as joinPath } from "node:path";
import { expect, test } from "vitest";
import { type Answer, browserTest, eventually, type Visitor } from "#testkit";
import {
  allBytes,
  cookieOf,
  faultOn,
  navOf,
  newAccount,
  PASSWORD,
  timesOn,
  useApp,
  username,
  word,
} from "../helpers.ts";

// From step 13 on, 50 logins that fail are allowed: all tests of this file together have fewer.
const app = useApp();

const WRONG = "Wrong username or password.";
const NOBODY = { name: null, loggedIn: false };

const me = async (visitor: Visitor) => (await visitor.get("/api/me")).json;
/** Who somebody is with this cookie, by the server. */
const meWith = async (cookie: string) => (await app.get("/api/me", { cookie })).json;
const send = (
  visitor: Visitor,
  path: string,
  fields: [string, string][] | Record<string, string>,
) => app.form(visitor, path, fields);
const login = (visitor: Visitor, name: string, password = PASSWORD) =>
  send(visitor, "/login", { username: name, password });
const logout = (visitor: Visitor) => app.form(visitor, "/logout");
/** Where an answer leads, and what the page there says. */
const outcome = async (visitor: Visitor, { status, headers }: Answer, ...sentences: string[]) => {
  const location = headers.get("location") ?? "";
  const page = await visitor.get(location);
  const said = sentences.filter((sentence) => timesOn(page, sentence) === 1);
  return { status, location, said };
};
/** A new account, and the visitor who has made it. */
const registered = async (name = username(), password = PASSWORD) => {
  const visitor = app.visitor();
  const { status } = await send(visitor, "/register", newAccount(name, password));
  expect(status, "of the registration").toBe(303);
  return { visitor, name };
};
/** Somebody who has an account, but is not logged in. */
const known = async (name = username(), password = PASSWORD) =>
  (await registered(name, password)).name;
/** Puts an account into the table, with a hash that was made elsewhere. */
const insert = (name: string, password: string, memory: number, passes: number) => {
  const nonce = randomBytes(16);
  const how = { message: password, nonce, memory, passes, parallelism: 1, tagLength: 32 };
  const [salt, hash] = [nonce, argon2Sync("argon2id", how)].map((it) => it.toString("base64"));
  app
    .database()
    .prepare("INSERT INTO users (username, password_hash, created_at) VALUES (?, ?, ?)")
    .run(name, `argon2id$${memory}$${passes}$${salt}$${hash}`, new Date().toISOString());
};

test("whoever registers is logged in at once, and the first page says so", async () => {
  const visitor = app.visitor();
  const name = username();
  const answer = await send(visitor, "/register", newAccount(name));
  expect(await outcome(visitor, answer, "You are logged in.")).toEqual({
    status: 303,
    location: "/",
    said: ["You are logged in."],
  });
  expect(await me(visitor)).toEqual({ name, loggedIn: true });
});

test("who has an account logs in, and is welcomed by name", async () => {
  const name = await known();
  const visitor = app.visitor();
  const answer = await login(visitor, name);
  expect(await outcome(visitor, answer, `Welcome back ${name}!`)).toEqual({
    status: 303,
    location: "/",
    said: [`Welcome back ${name}!`],
  });
  expect(await me(visitor)).toEqual({ name, loggedIn: true });
});

test("logout ends that, and the first page says so", async () => {
  const { visitor } = await registered();
  await visitor.get("/");
  expect(await outcome(visitor, await logout(visitor), "You are logged out.")).toEqual({
    status: 303,
    location: "/",
    said: ["You are logged out."],
  });
  expect(await me(visitor)).toEqual(NOBODY);
});

test("who was logged in nowhere may log out as well", async () => {
  for (const visitor of [app.visitor(), await app.opened()]) {
    const { status, headers } = await logout(visitor);
    expect({ status, location: headers.get("location") }).toEqual({ status: 303, location: "/" });
    expect((await me(visitor)).loggedIn).toBe(false);
  }
});

test("/api/me tells the name of the account while somebody is logged in, and before and after the name of chance", async () => {
  const name = await known();
  const visitor = app.visitor();
  expect(await me(visitor)).toEqual(NOBODY);
  await visitor.get("/chat");
  const before = await me(visitor);
  expect(before).toEqual({ name: expect.stringMatching(/^User\d{6}$/), loggedIn: false });
  await login(visitor, name);
  expect(await me(visitor)).toEqual({ name, loggedIn: true });
  await visitor.get("/chat");
  await logout(visitor);
  expect(await me(visitor)).toEqual(before);
});

test("each login, registration and logout brings a new session id, and the old one is dead", async () => {
  const name = await known();
  const visitor = await app.opened();
  const cookies = [await cookieOf(visitor)];
  const steps = {
    login: () => login(visitor, name),
    "second login": () => login(visitor, name),
    logout: () => logout(visitor),
    registration: () => send(visitor, "/register", newAccount(username())),
    "second logout": () => logout(visitor),
  };
  for (const [what, act] of Object.entries(steps)) {
    expect(await act(), what).toMatchObject({ status: 303 });
    cookies.unshift(await cookieOf(visitor));
    expect(new Set(cookies).size, `different cookies after the ${what}`).toBe(cookies.length);
    for (const old of cookies.slice(1))
      expect(await meWith(old), `with a cookie from before the ${what}`).toEqual(NOBODY);
  }
});

test("who knows a visitor's cookie from before the login is not logged in with it, whatever they do", async () => {
  const name = await known();
  const victim = await app.opened();
  const cookie = await cookieOf(victim);
  await login(victim, name);
  for (const path of ["/", "/chat", "/login"]) {
    const page = await app.get(path, { cookie });
    expect(page.text, path).not.toContain(name);
    expect(decodeURIComponent(page.headers.getSetCookie().join()), path).not.toContain(
      decodeURIComponent(await cookieOf(victim)).slice(4),
    );
  }
  expect(await meWith(cookie)).toEqual(NOBODY);
  await send(victim, "/login", { username: name, password: word() });
  expect(await meWith(cookie)).toEqual(NOBODY);
});

test("a cookie that a visitor brings along is never the one of the login", async () => {
  const name = await known();
  const stranger = await app.opened();
  await login(stranger, word().slice(0, 20));
  const foisted = await cookieOf(stranger);
  const answer = await app.form(
    app.visitor(),
    "/login",
    { username: name, password: PASSWORD },
    { cookie: foisted },
  );
  expect(answer.status).toBe(303);
  const given = answer.headers.getSetCookie().find((it) => it.startsWith("sid=")) ?? "";
  const [cookie = "", ...attributes] = given.split(/;\s*/);
  expect(cookie).not.toBe(foisted);
  expect(attributes.map((it) => it.toLowerCase())).toEqual(
    expect.arrayContaining(["httponly", "samesite=lax"]),
  );
  expect(await meWith(cookie)).toEqual({ name, loggedIn: true });
  expect((await me(stranger)).loggedIn).toBe(false);
});

test("logout ends this session alone: on another device the account stays logged in", async () => {
  const { visitor, name } = await registered();
  const other = app.visitor();
  await login(other, name);
  await logout(visitor);
  expect((await me(visitor)).loggedIn).toBe(false);
  expect(await me(other)).toEqual({ name, loggedIn: true });
});

test("who logs in to another account is that one from then on", async () => {
  const { visitor } = await registered();
  const name = await known();
  await login(visitor, name);
  expect(await me(visitor)).toEqual({ name, loggedIn: true });
});

test("a link to the logout does not log out, nor one to the login in", async () => {
  const { visitor, name } = await registered();
  for (const method of ["GET", "HEAD"]) await visitor.send(method, "/logout");
  expect(await me(visitor)).toEqual({ name, loggedIn: true });
  const other = app.visitor();
  const query = new URLSearchParams({ username: name, password: PASSWORD });
  for (const method of ["GET", "HEAD"]) await other.send(method, `/login?${query}`);
  expect(await me(other)).toEqual(NOBODY);
});

test("a wrong password leads back to the login, which says so once; nobody is logged in", async () => {
  const name = await known();
  const visitor = await app.opened();
  const before = await me(visitor);
  expect(await outcome(visitor, await login(visitor, name, word()), WRONG)).toEqual({
    status: 303,
    location: "/login",
    said: [WRONG],
  });
  expect(timesOn(await visitor.get("/login"), WRONG), "on the page after that").toBe(0);
  expect(await me(visitor)).toEqual(before);
});

test.for([
  ["a wrong one", "wrong horse battery"],
  ["a short one", "x"],
  ["none", ""],
  ["a long one", "x".repeat(300)],
] as const)(
  "the answer to a name that nobody has is the same as to a wrong password: with %s",
  async ([, password]) => {
    const [answers, statuses]: [unknown[], number[]] = [[], []];
    for (const name of [await known(), username()]) {
      const visitor = app.visitor();
      const answer = await login(visitor, name, password);
      const shown = answer.status === 303 ? await visitor.get("/login") : answer;
      const { status, headers } = answer;
      statuses.push(status);
      answers.push({
        status,
        location: headers.get("location"),
        headers: [...headers.keys()],
        page: shown.text.replaceAll(name, "NAME"),
      });
    }
    // An empty field may count as one that is missing.
    expect([303, 422]).toContain(statuses[0]);
    expect(answers[1]).toEqual(answers[0]);
  },
);

test("it takes as long, too: a hash is made, though there is none to compare with", async () => {
  // In a server whose hashes are so expensive that nothing else counts.
  const server = await app.another({ env: { HASH_MEMORY: "65536" } });
  const from = app.ofPage(server);
  const name = username();
  const visitor = app.visitor(server);
  expect((await app.form(visitor, "/register", newAccount(name), from)).status).toBe(303);
  const time = async (username: string): Promise<number> => {
    const fields = { username, password: "wrong horse battery" };
    const begin = performance.now();
    const { status } = await app.form(app.visitor(server), "/login", fields, from);
    expect(status).toBe(303);
    return performance.now() - begin;
  };
  const [wrong, unknown]: [number[], number[]] = [[], []];
  for (let round = 0; round < 5; round += 1) {
    wrong.push(await time(name));
    unknown.push(await time(username()));
  }
  // What a machine does beside it makes times longer, never shorter: the shortest ones compare best.
  const share = Math.min(...unknown) / Math.min(...wrong);
  expect(share, "the time for an unknown name, in those for a known one").toBeGreaterThan(0.5);
});

const missing: [what: string, field: string, fields: [string, string][]][] = [
  ["nothing", "username", []],
  ["no password", "password", [["username", "alice"]]],
  ["no username", "username", [["password", PASSWORD]]],
  [
    "two usernames",
    "username",
    [
      ["username", "alice"],
      ["username", "bob"],
      ["password", PASSWORD],
    ],
  ],
  [
    "two passwords",
    "password",
    [
      ["username", "alice"],
      ["password", PASSWORD],
      ["password", PASSWORD],
    ],
  ],
  [
    "a list of usernames",
    "username",
    [
      ["username[]", "alice"],
      ["password", PASSWORD],
    ],
  ],
];
test.for(missing)(
  "a login with %s answers 422, on the page of the login, with the field above the form",
  async ([, field, fields]) => {
    const visitor = app.visitor();
    const page = await send(visitor, "/login", fields);
    expect(page).toMatchObject({ status: 422, type: "text/html" });
    expect(page.text).toMatch(/<form[^>]*action="\/login"/);
    expect(faultOn(page)).toContain(field);
    expect(await me(visitor)).toEqual(NOBODY);
  },
);

test("the name may be written in capitals, with spaces around it, or in wide letters", async () => {
  const name = await known();
  const wide = name.replace(/[a-z]/g, (it) => String.fromCodePoint(it.charCodeAt(0) + 0xfee0));
  expect(wide).not.toBe(name);
  for (const written of [name.toUpperCase(), `  ${name} `, wide, wide.toUpperCase()]) {
    const visitor = app.visitor();
    const answer = await login(visitor, written);
    const welcome = `Welcome back ${name}!`;
    expect(await outcome(visitor, answer, welcome), `as ${written}`).toMatchObject({
      said: [welcome],
    });
    expect(await me(visitor)).toEqual({ name, loggedIn: true });
  }
});

test.for([
  ["NFC", "NFD"],
  ["NFD", "NFC"],
] as const)(
  "a password is one, however a keyboard puts its accents together: made as %s, typed as %s",
  async ([made, typed]) => {
    const password = `crème brûlée ${word()}`;
    expect(password.normalize("NFD")).not.toBe(password.normalize("NFC"));
    const name = await known(undefined, password.normalize(made));
    const visitor = app.visitor();
    await login(visitor, name, password.normalize(typed));
    expect(await me(visitor)).toEqual({ name, loggedIn: true });
  },
);

test("any characters are part of a password, and each one counts, to the last", async () => {
  const visitor = app.visitor();
  const long = `${"ab".repeat(63)}xY`;
  for (const password of [` "<'&%+;=\\ 🙂\t${word()}`, `  ${word()}  `, long]) {
    const name = await known(undefined, password);
    for (const wrong of [`${password} `, password.slice(0, -1), password.toUpperCase()]) {
      await login(visitor, name, wrong);
      expect(await me(visitor), `with ${wrong} for ${password}`).toEqual(NOBODY);
    }
    const other = app.visitor();
    await login(other, name, password);
    expect(await me(other), `with ${password}`).toEqual({ name, loggedIn: true });
  }
});

test("neither SQL in a field nor the stored hash itself logs in", async () => {
  const name = await known();
  const hash = app
    .database()
    .prepare("SELECT password_hash FROM users WHERE username = ?")
    .pluck()
    .get(name) as string;
  const visitor = app.visitor();
  for (const [written, password] of [
    ["' OR 1=1 --", PASSWORD],
    [`${name}' --`, PASSWORD],
    ["%", PASSWORD],
    [name, "' OR ''='"],
    [name, hash],
    [name, hash.split("$").at(-1) ?? ""],
  ] as const) {
    await login(visitor, written, password);
    expect((await me(visitor)).loggedIn, `${written} with ${password}`).toBe(false);
  }
  await login(visitor, name);
  expect(await me(visitor)).toEqual({ name, loggedIn: true });
});

test.for([
  [128, 2],
  [64, 1],
  [96, 3],
] as const)(
  "a hash is compared with the memory and passes that it was made with: %s KiB, passes: %s",
  async ([memory, passes]) => {
    const name = username();
    insert(name, PASSWORD, memory, passes);
    const visitor = app.visitor();
    await login(visitor, name, "wrong horse battery");
    expect(await me(visitor)).toEqual(NOBODY);
    await login(visitor, name);
    expect(await me(visitor)).toEqual({ name, loggedIn: true });
  },
);

test("a server whose hashes are more expensive by now lets those in who registered before", async () => {
  const name = await known();
  const server = await app.another({ env: { HASH_MEMORY: "256" } });
  const visitor = app.visitor(server);
  const fields = { username: name, password: PASSWORD };
  await app.form(visitor, "/login", fields, app.ofPage(server));
  expect(await me(visitor)).toEqual({ name, loggedIn: true });
});

test("markup in a name stays text, in the navigation and in the welcome", async () => {
  const name = `<i>${word().slice(0, 8)}</i>`;
  insert(name, PASSWORD, 64, 2);
  const visitor = app.visitor();
  const { status } = await login(visitor, name);
  // No such name can be registered: to refuse it here is as good.
  if (status === 422) return;
  await login(visitor, name);
  const page = await visitor.get("/");
  expect(page.text).not.toContain("<i>");
  if (!(await me(visitor)).loggedIn) return;
  expect(timesOn(page, `Welcome back ${name}!`)).toBe(2);
  expect(navOf(page)).toContain(name);
});

/** What the navigation offers, on each kind of page. */
const navigations = async (visitor: Visitor, taken: string) => {
  const pages = {
    "/": await visitor.get("/"),
    "/chat": await visitor.get("/chat"),
    "/login": await visitor.get("/login"),
    "a page that does not exist": await visitor.get("/nothing"),
    "a login that is refused": await send(visitor, "/login", {}),
    "a registration that is refused": await send(visitor, "/register", {}),
    "a name that is taken": await send(visitor, "/register", newAccount(taken)),
  };
  return Object.entries(pages).map(([what, page]) => [what, navOf(page)] as const);
};

test("the navigation of each page offers the logout, with the name, to who is logged in; to others the login", async () => {
  const taken = await known();
  const { visitor, name } = await registered();
  for (const [what, text] of await navigations(visitor, taken)) {
    expect(text, what).toContain(`Logout ${name}`);
    expect(text, what).not.toContain("Login");
  }
  await logout(visitor);
  for (const one of [visitor, app.visitor()])
    for (const [what, text] of await navigations(one, taken)) {
      expect(text, what).toContain("Login");
      expect(text, what).not.toContain("Logout");
    }
});

test("no password stands in a file, nor in what the app prints: neither right ones nor wrong ones", async () => {
  const [right, wrong, other] = [word(), word(), word()];
  const name = await known(undefined, right);
  const visitor = app.visitor();
  await login(visitor, name, wrong);
  await login(visitor, username(), other);
  await send(visitor, "/login", [["password", other]]);
  await login(visitor, name, right);
  await logout(visitor);
  await send(visitor, "/register", newAccount(name, right, other));
  const { folder, log } = app.running();
  const kept = allBytes(joinPath(folder, "instance")) + log();
  expect(kept).toContain(name);
  for (const password of [right, wrong, other]) expect(kept).not.toContain(password);
});

browserTest(
  "on the page: a wrong password, the right one, and a button that logs out",
  async () => {
    const name = await known();
    const page = await app.page("/login");
    const form = page.locator('form[action="/login"]');
    for (const [password, said] of [
      ["wrong horse battery", WRONG],
      [PASSWORD, `Welcome back ${name}!`],
    ] as const) {
      await form.locator("[name=username]").fill(name);
      await form.locator("[name=password]").fill(password);
      await form.getByRole("button", { name: "Login" }).click();
      await eventually(() => page.getByText(said).isVisible()).toBe(true);
    }
    const navigation = page.locator("nav");
    await navigation.getByRole("button", { name: `Logout ${name}` }).click();
    await eventually(() => page.getByText("You are logged out.").isVisible()).toBe(true);
    expect(await navigation.innerText()).toMatch(/Login/);
  },
);
