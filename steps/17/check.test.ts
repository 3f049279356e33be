import { beforeAll, expect, test } from "vitest";
import { browserTest, untilRead } from "#testkit";
import { sayWho, useApp } from "../helpers.ts";

const app = useApp();

beforeAll(app.addUsers);

const identify = async (nickname: unknown) => sayWho(await app.socket(), nickname);
const addUser = async (nickname: string) => {
  const user = { name: "Zoë O’Hara", email: "zoe@ecole.example", nickname };
  expect((await app.post("/api/users", user)).status).toBe(201);
};
const random = () => Math.random().toString(36).slice(2, 8).padEnd(6, "0");
const refused = { error: expect.any(String) };

browserTest("the page's socket says who it is, and the server logs the nickname", async () => {
  await app.page("/front/messages/2");
  await app.running().printed(/connect-ack.*bob/);
});

browserTest("a nickname full of HTML arrives as it is", async () => {
  // With spaces: an attribute without quotes would end at the first one.
  const nickname = `"> <script>alert('X')</script>  Zoë &amp;`;
  const { json } = await app.post("/api/users", { name: "Eve", email: "e@foo.com", nickname });
  await app.page(`/front/messages/${json.id}`);
  await app.running().printed(nickname.slice(1));
});

test("a known nickname is acknowledged without an error", async () => {
  expect(await identify("alice")).not.toHaveProperty("error");
});

test.for([["nobody"], [""], [42], [null], [{ nickname: "alice" }], [["alice"]], ["' OR 1=1 --"]])(
  "%j as nickname is acknowledged with an error",
  async ([nickname]) => {
    expect(await identify(nickname)).toMatchObject(refused);
  },
);

test("a user is known by the nickname, whatever it is made of", async () => {
  for (const nickname of [
    random(),
    `%_ ${random()}`,
    `O'${random()} "the  one" \\`,
    `日本語 😀 ${random()}`,
    `user:1 ${random()}`,
    `1e3${random()}`,
    `${"é".repeat(44)}${random()}`,
  ]) {
    expect(await identify(nickname), `${nickname}, not yet`).toMatchObject(refused);
    await addUser(nickname);
    expect(await identify(nickname), nickname).not.toHaveProperty("error");
  }
});

test("a nickname is compared exactly", async () => {
  const variants: [string, (nickname: string) => string][] = [
    ["in capitals", (it) => it.toUpperCase()],
    ["in small letters", (it) => it.toLowerCase()],
    ["with a space before it", (it) => ` ${it}`],
    ["with a space after it", (it) => `${it} `],
    ["with a line break after it", (it) => `${it}\n`],
    ["with a letter more", (it) => `${it}e`],
    ["with a letter less", (it) => it.slice(0, -1)],
    ["without its accents", (it) => it.normalize("NFD").replace(/\p{M}/gu, "")],
    ["with its accents as characters", (it) => it.normalize("NFD")],
    ["in letters of full width", (it) => it.replaceAll("Z", "\uff3a")],
    ["with a Cyrillic letter", (it) => it.replaceAll("e", "\u0435")],
    ["as a pattern of LIKE: %", (it) => it.replace(/.{3}$/, "%")],
    ["as a pattern of LIKE: _", (it) => it.replace(/.$/, "_")],
    ["as a pattern of GLOB", (it) => it.replace(/.$/, "*")],
    ["with a NUL after it", (it) => `${it}\0`],
    ["in quotes", (it) => JSON.stringify(it)],
    ["as in a URL", (it) => encodeURIComponent(it)],
  ];
  const nickname = `Zoé ${random()} ${"ñ".repeat(35)} Rée`.normalize("NFC");
  await addUser(nickname);
  const socket = await app.socket();
  for (const [how, change] of variants) {
    const answer = await sayWho(socket, change(nickname));
    expect(answer, `${how}, it is another one`).toMatchObject(refused);
  }
  expect(await identify(nickname)).not.toHaveProperty("error");
});

test("what is no text is no nickname, even if somebody is called like that", async () => {
  for (const odd of [42, true, null, [], {}]) {
    await addUser(String(odd) || "[]");
    expect(await identify(odd), String(odd)).toMatchObject(refused);
  }
});

test("a database that fails is acknowledged with an error, without SQL, and ends nothing", async () => {
  const database = app.database();
  const socket = await app.socket();
  database.exec("ALTER TABLE users RENAME TO elsewhere");
  try {
    const answer = await sayWho(socket, "alice");
    expect(answer).toMatchObject(refused);
    expect(answer).not.toMatchObject({ error: expect.stringMatching(/table|sql|select/i) });
  } finally {
    database.exec("ALTER TABLE elsewhere RENAME TO users");
  }
  expect(await sayWho(socket, "alice"), "once the database is right again").not.toHaveProperty(
    "error",
  );
});

test("values of any type, number and size do no harm, with and without an acknowledgement", async () => {
  const deep = JSON.parse("[".repeat(1000) + "]".repeat(1000));
  const long = "x".repeat(5000);
  const odd = [
    undefined,
    true,
    -0.5,
    "",
    long,
    Buffer.from("alice"),
    { toString: 1 },
    [null],
    deep,
  ];
  const socket = await app.socket();
  for (const value of [...odd, "alice", "nobody"]) {
    socket.emit("connect-ack", value);
    for (const acknowledge of odd) socket.emit("connect-ack", value, acknowledge);
    socket.emit("connect-ack", value, value, () => {});
    socket.emit("connect-ack", ...odd, value, () => {});
  }
  socket.emit("connect-ack");
  socket.emit("connect-ack", () => {});
  await untilRead(socket);
  for (const value of odd) expect(await sayWho(socket, value)).toMatchObject(refused);
  // Socket.IO closes a connection on which too much comes at once.
  const big = await app.socket();
  big.emit("connect-ack", "x".repeat(2_000_000));
  await untilRead(big).catch(() => {});
  expect(await identify("alice")).not.toHaveProperty("error");
});
