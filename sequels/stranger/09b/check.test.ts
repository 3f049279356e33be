import { argon2Sync } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allBytes, faultOn, newAccount, useApp, username, word } from "../helpers.ts";

const app = useApp();

const register = (name: string, password: string, confirmation = password) =>
  app.form(app.visitor(), "/register", newAccount(name, password, confirmation));
/** What is stored of a user's password. */
const storedOf = (name: string): string => {
  const row = app
    .database()
    .prepare("SELECT password_hash FROM users WHERE username = ?")
    .get(name);
  return (row as { password_hash: string }).password_hash;
};
/** Its parts: `argon2id$MEMORY$PASSES$salt$hash`. */
const partsOf = (stored: string) => {
  const [algorithm, memory, passes, salt = "", hash = ""] = stored.split("$");
  return {
    algorithm,
    memory: Number(memory),
    passes: Number(passes),
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
  };
};
/** The hash of a password by the same parameters, made here. */
const hashOf = (password: string, { memory, passes, salt }: ReturnType<typeof partsOf>) =>
  argon2Sync("argon2id", {
    message: password,
    nonce: salt,
    memory,
    passes,
    parallelism: 1,
    tagLength: 32,
  }).toString("hex");

/** Registers, and expects to be refused, with nothing stored. */
const expectRefused = async (fields: Record<string, string>, fault: RegExp) => {
  const answer = await app.form(app.visitor(), "/register", fields);
  expect(answer.status).toBe(422);
  expect(faultOn(answer)).toMatch(fault);
  const { count } = app
    .database()
    .prepare("SELECT count(*) AS count FROM users WHERE username = ?")
    .get(fields.username ?? "") as { count: number };
  expect(count, `how many are called ${fields.username}`).toBe(0);
};

test("what is stored is the password's hash, by argon2id, with its parameters and its salt", async () => {
  const [name, password] = [username(), word()];
  expect((await register(name, password)).status).toBe(303);
  const parts = partsOf(storedOf(name));
  expect(parts).toMatchObject({ algorithm: "argon2id", memory: 64, passes: 2 });
  expect(parts.salt).toHaveLength(16);
  expect(parts.hash.toString("hex")).toBe(hashOf(password, parts));
});

test("without HASH_MEMORY a hash takes 19 MiB", async () => {
  const server = await app.another({ env: { HASH_MEMORY: "" } });
  const [name, password] = [username(), word()];
  const fields = newAccount(name, password);
  const { status } = await app.form(app.visitor(server), "/register", fields, app.ofPage(server));
  expect(status).toBe(303);
  const parts = partsOf(storedOf(name));
  expect(parts).toMatchObject({ memory: 19_456, passes: 2 });
  expect(parts.hash.toString("hex")).toBe(hashOf(password, parts));
});

test("two equal passwords do not look equal", async () => {
  const password = word();
  const names = [username(), username(), username()];
  for (const name of names) await register(name, password);
  const all = names.map((name) => partsOf(storedOf(name)));
  for (const part of ["salt", "hash"] as const)
    expect(new Set(all.map((parts) => parts[part].toString("hex"))).size, part).toBe(3);
});

test("the password itself is in no file, in no answer, and not in what the app prints", async () => {
  const [name, password] = [username(), word()];
  const answers = [
    await register(name, password),
    await register(name, password),
    await register(username(), password, word()),
    await register("no name", password),
  ];
  for (const { text } of answers) expect(text).not.toContain(password);
  const { folder, log } = app.running();
  const bytes = allBytes(join(folder, "instance"));
  for (const way of [password, Buffer.from(password).toString("base64").replace(/=+$/, "")])
    expect(bytes.includes(way), "in a file of instance/").toBe(false);
  expect(log()).not.toContain(password);
});

test("a password has 8 to 128 characters, as people count them", async () => {
  for (const password of ["x".repeat(8), "x".repeat(128), "🙂".repeat(8), "🙂".repeat(128)])
    expect((await register(username(), password)).status, password.slice(0, 20)).toBe(303);
  for (const password of ["", "x".repeat(7), "x".repeat(129), "🙂".repeat(7), "🙂".repeat(129)])
    await expectRefused(newAccount(username(), password), /^password: .*8 to 128/);
});

test("any characters will do, and none is cut off", async () => {
  for (const password of [
    "        ",
    " leading and trailing ",
    "пароль пароль",
    "密码密码密码密码",
    "\u0000\u0001 control",
    `${"ab".repeat(63)}xY`,
  ]) {
    const name = username();
    expect((await register(name, password)).status, password).toBe(303);
    const parts = partsOf(storedOf(name));
    // From step 09c on, a password is hashed in one form of Unicode; these are in it already.
    expect(parts.hash.toString("hex"), password).toBe(hashOf(password, parts));
  }
});

test("a password that is missing or not repeated is refused, and the reason names the field", async () => {
  const { username: name, password } = newAccount(username(), word());
  await expectRefused({ username: name, confirmation: password }, /^password: /);
  await expectRefused({ username: name, password }, /^confirmation: /);
  await expectRefused({ username: name, password, confirmation: word() }, /^confirmation: /);
  await expectRefused({ username: name, password, confirmation: "" }, /^confirmation: /);
  await expectRefused({ username: name }, /^password: .*confirmation: /);
});

test("two passwords in one form are refused", async () => {
  const [name, password] = [username(), word()];
  const twice: [string, string][] = [
    ["username", name],
    ["password", password],
    ["password", password],
    ["confirmation", password],
  ];
  const answer = await app.form(app.visitor(), "/register", twice);
  expect([answer.status, faultOn(answer)]).toEqual([422, expect.stringMatching(/^password: /)]);
});
