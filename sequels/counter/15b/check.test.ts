import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { ask, eventually, untilRead } from "#testkit";
import { of, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

const witness = async () => {
  const { socket, heard } = await app.listener();
  await untilRead(socket);
  return { socket, texts: () => of("message", heard).map(({ text }) => text as string) };
};
/** After this, a rename that had to wait has been told. */
const LATER = 2600;

test("a name that changes to and fro is told once in two seconds: the last one", async () => {
  const { texts } = await witness();
  const socket = await app.socket();
  for (const name of ["Ada", "Bea", "Cyd", "Dee"]) await ask(socket, "auth", name);
  await eventually(texts).toEqual(["Ada joined"]);
  await eventually(texts, 2 * LATER).toEqual(["Ada joined", "Ada is now called Dee"]);
  await sleep(LATER);
  expect(texts()).toEqual(["Ada joined", "Ada is now called Dee"]);
});

test("clicks with another name each are counted at once for their names, and told seldom", async () => {
  const { texts } = await witness();
  const socket = await app.socket();
  for (let at = 0; at < 12; at += 1) await ask(socket, "click", { user: `name ${at}` });
  const users = (await app.get("/api/users")).json as { name: string }[];
  expect(users.filter(({ name }) => name.startsWith("name "))).toHaveLength(12);
  expect((await app.get("/api/online_users")).json).toContainEqual({
    name: "name 11",
    click_count: 12,
    event_count: 0,
  });
  await sleep(LATER);
  expect(texts()).toEqual(["name 0 joined", "name 0 is now called name 11"]);
});

test("each connection waits for itself", async () => {
  const { texts } = await witness();
  const [one, two] = [await app.socket(), await app.socket()];
  await ask(one, "auth", "Gil");
  await ask(two, "auth", "Hal");
  await ask(one, "auth", "Ida");
  await ask(two, "auth", "Jon");
  await eventually(() => texts().sort(), 2 * LATER).toEqual([
    "Gil is now called Ida",
    "Gil joined",
    "Hal is now called Jon",
    "Hal joined",
  ]);
});

test("whoever leaves is called as all have heard it; whoever goes back to the old name says nothing", async () => {
  const { texts } = await witness();
  const other = await app.socket();
  for (const name of ["Eva", "Fay", "Eva"]) await ask(other, "auth", name);
  const socket = await app.socket();
  await ask(socket, "auth", "Kim");
  await ask(socket, "auth", "Lea");
  socket.close();
  await eventually(texts).toEqual(["Eva joined", "Kim joined", "Kim left"]);
  await sleep(LATER);
  expect(texts()).toEqual(["Eva joined", "Kim joined", "Kim left"]);
});

test("online users have the fields of a user, and no other", async () => {
  const socket = await app.socket();
  await ask(socket, "auth", "Mia");
  const list = (await app.get("/api/online_users")).json as object[];
  for (const user of list)
    expect(Object.keys(user).sort()).toEqual(["click_count", "event_count", "name"]);
});
