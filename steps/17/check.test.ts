import { beforeAll, expect, test } from "vitest";
import { browserTest, sayWho, useApp } from "#testkit";

const app = useApp();

beforeAll(app.addUsers);

const identify = async (nickname: unknown) => sayWho(await app.socket(), nickname);

browserTest("the page's socket says who it is, and the server logs the nickname", async () => {
  await app.page("/front/messages/2");
  await app.running().printed(/connect-ack.*bob/);
});

browserTest("a nickname full of HTML arrives as it is", async () => {
  const nickname = `"><script>alert('x')</script>&amp;`;
  const { json } = await app.post("/api/users", { name: "Eve", email: "e@foo.com", nickname });
  await app.page(`/front/messages/${json.id}`);
  await app.running().printed("alert('x')</script>&amp;");
});

test("a known nickname is acknowledged without an error", async () => {
  expect(await identify("alice")).not.toHaveProperty("error");
});

test.for([["nobody"], [""], [42], [null], [{ nickname: "alice" }], [["alice"]], ["' OR 1=1 --"]])(
  "%j as nickname is acknowledged with an error",
  async ([nickname]) => {
    expect(await identify(nickname)).toEqual({ error: expect.any(String) });
  },
);

test("a nickname with a line break cannot forge a line of the log", async () => {
  const nickname = "eve\nconnect-ack from forged";
  await app.post("/api/users", { name: "Eve", email: "e@foo.com", nickname });
  await identify(nickname);
  await app.running().printed("forged");
  const lines = app.running().log().split("\n");
  expect(lines.filter((line) => line.startsWith("connect-ack from forged"))).toEqual([]);
});
