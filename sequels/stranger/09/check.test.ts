import { expect, test } from "vitest";
import { browserTest, isBefore } from "#testkit";
import { faultOn, newAccount, PASSWORD, useApp, username } from "../helpers.ts";

const app = useApp();

type Fields = Record<string, string> | [string, string][];
const register = (fields: Fields, headers: Record<string, string> = {}) =>
  app.form(app.visitor(), "/register", fields, headers);
type User = { id: number; username: string; created_at: string };
const users = () => app.database().prepare("SELECT * FROM users ORDER BY id").all() as User[];
const names = () => users().map((user) => user.username);

/** Registers, and expects to be refused, with nothing stored. */
const expectRefused = async (fields: Fields, fault: string | RegExp, status = 422) => {
  const before = users().length;
  const answer = await register(fields);
  const what = JSON.stringify(fields).slice(0, 100);
  expect(answer.status, what).toBe(status);
  expect(answer.type, what).toBe("text/html");
  expect(faultOn(answer), what).toMatch(fault);
  expect(answer.text, "the form is there again").toMatch(/action="\/register"/);
  expect(users().length, "how many accounts there are").toBe(before);
};

test("whoever registers is kept, and led on with status 303", async () => {
  const name = username();
  const before = Date.now();
  const { status, headers } = await register(newAccount(name));
  expect(status).toBe(303);
  expect(headers.get("location")).toBe(isBefore("10") ? "/login" : "/");
  const user = users().find((it) => it.username === name);
  expect(user?.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const at = Date.parse(user?.created_at ?? "");
  expect(at >= before - 1000 && at <= Date.now() + 1000, `${user?.created_at} is now`).toBe(true);
});

test("the table users is STRICT, and no id is given twice", async () => {
  const database = app.database();
  const { sql } = database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'users'").get() as {
    sql: string;
  };
  expect(sql).toMatch(/\)\s*STRICT/i);
  const columns = database.pragma("table_info(users)") as { name: string; notnull: number }[];
  const wanted = ["id", "username", ...(isBefore("09b") ? [] : ["password_hash"]), "created_at"];
  expect(columns.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted());
  const [name, next] = [username(), username()];
  await register(newAccount(name));
  const { id } = database.prepare("SELECT id FROM users WHERE username = ?").get(name) as User;
  database.prepare("DELETE FROM users WHERE id = ?").run(id);
  await register(newAccount(next));
  const again = database.prepare("SELECT id FROM users WHERE username = ?").get(next) as User;
  expect(again.id).toBeGreaterThan(id);
});

test("a name that is taken is refused with status 409, and stays whose it was", async () => {
  const name = username();
  await register(newAccount(name));
  const before = users().find((it) => it.username === name);
  await expectRefused(newAccount(name, "another password"), /username.*taken/, 409);
  expect(users().find((it) => it.username === name)).toEqual(before);
});

test("of several who want one name at the same moment, one gets it, and the others hear that it is taken", async () => {
  for (let round = 0; round < 5; round += 1) {
    const name = username();
    const answers = await Promise.all(Array.from({ length: 6 }, () => register(newAccount(name))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409, 409, 409, 409, 409]);
    for (const answer of answers)
      if (answer.status === 409) expect(faultOn(answer)).toMatch(/taken/);
    expect(names().filter((it) => it === name)).toHaveLength(1);
  }
});

test("to the database, large and small letters are the same", () => {
  const insert = (name: string) => {
    const database = app.database();
    const columns = isBefore("09b") ? "" : ", password_hash";
    const values = isBefore("09b") ? "" : ", 'x'";
    return database
      .prepare(`INSERT INTO users (username, created_at${columns}) VALUES (?, 'now'${values})`)
      .run(name);
  };
  const name = username();
  insert(name);
  expect(() => insert(name.toUpperCase())).toThrow(/UNIQUE/);
});

test("a name has 3 to 20 of the characters a to z, 0 to 9 and _", async () => {
  for (const name of ["abc", "a_1", "_".repeat(3), "x".repeat(20), "0123456789"])
    expect((await register(newAccount(name))).status, name).toBe(303);
  for (const name of [
    "",
    "ab",
    "x".repeat(21),
    "a b c",
    "a-b-c",
    "ünal",
    "аня",
    "李小龙",
    "a.b",
    "😀😀😀",
    // From step 09c on these are made small.
    ...(isBefore("09c") ? ["Abc", "ABC"] : []),
  ])
    await expectRefused(newAccount(name), /^username: /);
  for (const name of ["' OR 1=1 --", "<b>bold</b>", "%00%00%00", "\u0000\u0000\u0000", "abc\ndef"])
    await expectRefused(newAccount(name), /^username: /);
});

test("a name that is missing, given twice, or no text is refused, and never an error of the server", async () => {
  const { password, confirmation } = newAccount("");
  await expectRefused({ password, confirmation }, /^username: /);
  await expectRefused({}, /^username: /);
  const twice: [string, string][] = [
    ["username", username()],
    ["username", username()],
    ["password", password],
    ["confirmation", confirmation],
  ];
  await expectRefused(twice, /^username: /);
  await expectRefused({ "username[]": "abc", password, confirmation }, /^username: /);
  await expectRefused({ "username[toString]": "abc", password, confirmation }, /^username: /);
  await expectRefused({ __proto__x: "abc", constructor: "abc" }, /^username: /);
});

test("what is sent stands in the answer as text, if at all", async () => {
  const { text } = await register(newAccount("<script>alert(1)</script>"));
  expect(text).not.toContain("<script>alert(1)");
});

test("what is no form, too long, or in another encoding is refused with a status of 400 to 499", async () => {
  const before = users().length;
  const name = username();
  const whole = new URLSearchParams(newAccount(name)).toString();
  const send = (body: string | Uint8Array, headers: Record<string, string>) =>
    app.visitor().post("/register", body, { ...app.ofPage(), ...headers });
  const form = "application/x-www-form-urlencoded";
  for (const [body, type] of [
    [JSON.stringify(newAccount(name)), "application/json"],
    [whole, "text/plain"],
    [whole, `${form}; charset=utf-16`],
    [whole, `${form}; charset=nonsense`],
    [`${whole}&more=${"x".repeat(1_000_000)}`, form],
    [Array.from({ length: 5000 }, (_, at) => `f${at}=1`).join("&"), form],
    ["%E0%A4%A=%", form],
  ] as const) {
    const { status } = await send(body, { "content-type": type });
    expect(status, `${type}, ${body.slice(0, 40)}`).toBeGreaterThanOrEqual(400);
    expect(status, `${type}, ${body.slice(0, 40)}`).toBeLessThan(500);
  }
  const zipped = await send(whole, { "content-encoding": "gzip" });
  expect(zipped.status, "not gzip, but called so").toBeGreaterThanOrEqual(400);
  expect(zipped.status, "not gzip, but called so").toBeLessThan(500);
  expect(users().length).toBe(before);
  expect((await register(newAccount(name))).status, "afterwards all is well").toBe(303);
});

test("there is no page /register to read: only the form is sent there", async () => {
  const { status, text } = await app.get("/register");
  expect(status).toBe(404);
  expect(text).not.toMatch(/action="\/register"/);
});

test("who has registered is there after a restart", async () => {
  const name = username();
  await register(newAccount(name));
  await app.running().restart();
  expect(names()).toContain(name);
  expect((await register(newAccount(name))).status).toBe(409);
});

browserTest(
  "the form of the page makes an account, and says what is wrong above itself",
  async () => {
    const page = await app.page("/login");
    const form = page.locator('form[action="/register"]');
    const fill = async (name: string) => {
      await form.locator("[name=username]").fill(name);
      for (const secret of await form.locator("[type=password]").all()) await secret.fill(PASSWORD);
      await form.locator("button").click();
    };
    const name = username();
    await fill(name);
    await page.waitForURL((url) => url.pathname === (isBefore("10") ? "/login" : "/"));
    expect(names()).toContain(name);
    await page.goto(`${app.running().url}/login`);
    await fill(name);
    await page.getByText("taken").waitFor();
    expect(await page.locator("main [role=alert]").innerText()).toMatch(/username.*taken/);
  },
);
