import { createServer } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { freePort } from "./free-port.ts";
import { SocketRefused } from "./socket.ts";
import { makeVisitor, type Visitor } from "./visitor.ts";
import { openWebSocket, type RawSocket } from "./web-socket.ts";

let url: string;
let server: ReturnType<typeof createServer>;
let sockets: WebSocketServer;
const opened: RawSocket[] = [];

/** POST / sets the cookies of its body, anything else answers those that came; so does a WebSocket. */
beforeEach(async () => {
  server = createServer(async (request, response) => {
    const body = await Array.fromAsync(request, String);
    if (request.method === "POST") response.setHeader("set-cookie", JSON.parse(body.join("")));
    response.end(request.headers.cookie ?? "none");
  });
  sockets = new WebSocketServer({ server, path: "/live" });
  sockets.on("connection", (socket, { headers }) => {
    socket.send(`cookies: ${headers.cookie ?? "none"}`);
    socket.send(Buffer.from([1, 2, 3]));
    socket.on("message", () => socket.close(4001, "enough"));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${port}`;
});
afterEach(() => {
  for (const { socket } of opened.splice(0)) socket.terminate();
  sockets.close();
  server.close();
  server.closeAllConnections();
});

const webSocket = async (...[address, how]: Parameters<typeof openWebSocket>) => {
  const made = await openWebSocket(address, how);
  opened.push(made);
  return made;
};
const visitor = (): Visitor =>
  makeVisitor({
    url: () => url,
    socket: () => Promise.reject(new Error("has none")),
    webSocket: (path, how) => webSocket(url + path, how),
  });
const cookies = async (of: Visitor, path = "/") => (await of.get(path)).text;

test("a visitor sends the cookies along that it was given, until they are taken back", async () => {
  const anna = visitor();
  expect(await cookies(anna)).toBe("none");
  await anna.post("/", ["session=abc; HttpOnly; SameSite=Strict", "theme=dark"]);
  expect(await cookies(anna)).toBe("session=abc; theme=dark");
  expect(await anna.cookie("session")).toBe("abc");
  await anna.post("/", ["session=; Max-Age=0"]);
  expect(await cookies(anna)).toBe("theme=dark");
  expect(await anna.cookie("session")).toBeUndefined();
});

test("as a browser does it, a cookie goes to its path and site alone, and never to another visitor", async () => {
  const anna = visitor();
  await anna.post("/", ["a=1; Path=/admin", "b=2; Domain=elsewhere.example"]);
  expect([await cookies(anna), await cookies(anna, "/admin/x")]).toEqual(["none", "a=1"]);
  expect(await cookies(visitor(), "/admin/x")).toBe("none");
});

test("headers of a single request go first", async () => {
  const anna = visitor();
  await anna.post("/", ["a=1"]);
  expect((await anna.get("/", { cookie: "b=2" })).text).toBe("b=2");
});

test("a plain WebSocket has the visitor's cookies, and nothing that arrives is missed", async () => {
  const anna = visitor();
  await anna.post("/", ["session=abc"]);
  const { socket, received, closed } = await anna.webSocket("/live");
  await expect.poll(() => received).toEqual(["cookies: session=abc", Buffer.from([1, 2, 3])]);
  socket.send("stop");
  expect(await closed).toEqual({ code: 4001, reason: "enough" });
});

test("a handshake that is refused is told as such, with its status", async () => {
  await expect(webSocket(`${url}/elsewhere`)).rejects.toThrow(SocketRefused);
  await expect(webSocket(`${url}/elsewhere`)).rejects.toThrow("400");
});
