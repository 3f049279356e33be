import { expect, test } from "vitest";
import { faultOn, newAccount, useApp, username, word } from "../helpers.ts";

const app = useApp();

const register = (name: string, password = word(), confirmation = password) =>
  app.form(app.visitor(), "/register", newAccount(name, password, confirmation));
const isKept = (name: string): boolean =>
  app.database().prepare("SELECT 1 FROM users WHERE username = ? COLLATE BINARY").get(name) !==
  undefined;
/** The same letters as wide as Chinese characters, which look alike. */
const wide = (text: string) =>
  text.replace(/[!-~]/g, (it) => String.fromCodePoint((it.codePointAt(0) ?? 0) + 0xfee0));

test("a name is kept in small letters, without spaces around it", async () => {
  const name = username();
  expect((await register(`  ${name.toUpperCase()} \t`)).status).toBe(303);
  expect(isKept(name)).toBe(true);
});

test("names that look alike are one name: whoever comes second hears that it is taken", async () => {
  const name = username();
  expect((await register(name)).status).toBe(303);
  for (const alike of [
    name.toUpperCase(),
    ` ${name}`,
    `${name}\u00a0`,
    wide(name),
    wide(name.toUpperCase()),
  ]) {
    const answer = await register(alike);
    expect(answer.status, alike).toBe(409);
    expect(faultOn(answer), alike).toMatch(/taken/);
  }
});

test("a name in wide letters is kept in common ones", async () => {
  const name = username();
  expect((await register(wide(name).toUpperCase())).status).toBe(303);
  expect(isKept(name)).toBe(true);
});

test("its length is that of what is kept", async () => {
  expect((await register(`   ${username()}   `)).status, "20 and spaces").toBe(303);
  expect((await register("  ab  ")).status, "2 and spaces").toBe(422);
  // One character that is three letters.
  expect((await register(`㏂${username().slice(0, 18)}`)).status, "21, written as 19").toBe(422);
});

test("what visitors without an account are called is kept for them, however it is written", async () => {
  for (const name of [
    "user1",
    "user123456",
    "USER123456",
    "User000000",
    " user42 ",
    wide("user7"),
    wide("USER77"),
    "user٣٣".replace(/[٠-٩]/g, "3"),
  ]) {
    const answer = await register(name);
    expect(answer.status, name).toBe(422);
    expect(faultOn(answer), name).toMatch(/^username: /);
    expect(isKept(name.normalize("NFKC").trim().toLowerCase()), name).toBe(false);
  }
});

test("what only resembles that is free", async () => {
  for (const name of ["user", "users", "user_1", "user1a", "1user1", "myuser12"])
    expect((await register(name)).status, name).toBe(303);
});

test("a password that is typed on two keyboards in two ways is the same", async () => {
  const letters = `é ü ${word()}`;
  const [composed, taken] = [letters.normalize("NFC"), letters.normalize("NFD")];
  expect(composed).not.toBe(taken);
  expect((await register(username(), composed, taken)).status).toBe(303);
  expect((await register(username(), taken, composed)).status).toBe(303);
});

test("so is one in wide letters, as some keyboards write them", async () => {
  const password = word();
  expect((await register(username(), password, wide(password))).status).toBe(303);
  expect((await register(username(), wide(password), password)).status).toBe(303);
});

test("large and small letters, and spaces, of a password are not the same", async () => {
  const password = word();
  for (const other of [password.toUpperCase(), ` ${password}`, `${password} `]) {
    const answer = await register(username(), password, other);
    expect([answer.status, faultOn(answer)]).toEqual([
      422,
      expect.stringMatching(/^confirmation: /),
    ]);
  }
});

test("its characters are counted in the form that is hashed", async () => {
  // Seven characters, each written as two.
  expect((await register(username(), "é".repeat(7).normalize("NFD"))).status).toBe(422);
  expect((await register(username(), "é".repeat(128).normalize("NFD"))).status).toBe(303);
});
