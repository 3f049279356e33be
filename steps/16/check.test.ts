import { beforeAll, expect, test } from "vitest";
import { browserTest, request, useApp } from "#testkit";

const app = useApp();

beforeAll(app.addUsers);

test("the server accepts a Socket.IO client", async () => {
  const socket = await app.socket();
  expect(socket.connected).toBe(true);
});

test("scripts of other sites may not read what the server answers to a socket", async () => {
  const answer = await request(`${app.running().url}/socket.io/?EIO=4&transport=polling`, {
    headers: { origin: "http://elsewhere.example" },
  });
  expect(answer.headers.get("access-control-allow-origin")).toBeNull();
});

browserTest("all that the page loads comes from our own server", async () => {
  const page = await app.page("about:blank", "");
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(app.running().url)) foreign.push(request.url());
  });
  await page.goto(`${app.running().url}/front/messages/1`, { waitUntil: "load" });
  expect(foreign).toEqual([]);
});

// Only pages have said it so far: the lines of sockets that say it, too, may come late.
browserTest("the messages page connects, and the server logs its connect-ack", async () => {
  await app.page("/front/messages/1");
  await app.running().printed("connect-ack");
});

test("unknown events and odd values do no harm", async () => {
  const socket = await app.socket();
  socket.emit("no-such-event", 1, null, { a: [] });
  for (const odd of [undefined, null, 42, [], {}, "x".repeat(100_000)]) {
    socket.emit("connect-ack", odd, odd);
  }
  socket.emit("connect-ack");
  // Answered after the events: they have been read, and the server is still there.
  const other = await app.socket();
  other.emit("connect-ack");
  await app.running().printed("connect-ack");
  expect(await app.get("/api/version")).toMatchObject({ status: 200 });
});
