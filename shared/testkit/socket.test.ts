import { createServer } from "node:http";
import { Server } from "socket.io";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "./free-port.ts";
import { connectSocket, SocketRefused, untilRead } from "./socket.ts";

let url: string;
let io: Server;
const closing: { close: () => unknown }[] = [];

beforeEach(async () => {
  const port = await freePort();
  const server = createServer();
  io = new Server(server, {
    transports: ["websocket"],
    allowRequest: ({ headers }, answer) => answer(null, headers.origin !== "http://evil.example"),
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${port}`;
});
afterEach(async () => {
  for (const socket of closing.splice(0)) socket.close();
  await io.close();
});
const connect = async (headers?: Record<string, string>, path?: string) => {
  const socket = await connectSocket(url, {
    ...(headers ? { headers } : {}),
    ...(path ? { path } : {}),
  });
  closing.push(socket);
  return socket;
};

test("the server sees a WebSocket with the headers that were given", async () => {
  const seen = new Promise<unknown>((resolve) => {
    io.on("connection", ({ conn, handshake: { headers } }) =>
      resolve([conn.transport.name, headers.origin, headers.host, headers.cookie]),
    );
  });
  await connect({ Origin: "null", Host: "chat.example:80", Cookie: "a=b" });
  expect(await seen).toEqual(["websocket", "null", "chat.example:80", "a=b"]);
});

test("without headers it is a program: there is no Origin", async () => {
  const seen = new Promise<unknown>((resolve) => {
    io.on("connection", ({ handshake }) => resolve(handshake.headers.origin));
  });
  await connect();
  expect(await seen).toBeUndefined();
});

test("a handshake that is refused is told as such, with its reason", async () => {
  await expect(connect({ Origin: "http://evil.example" })).rejects.toThrow(SocketRefused);
  await expect(connect({}, "/elsewhere")).rejects.toThrow("refuses");
  io.use((_socket, next) => next(new Error("only friends")));
  await expect(connect()).rejects.toThrow(/refuses .*only friends/);
});

test("the server has read all that was sent before, whatever it makes of it", async () => {
  const heard: unknown[] = [];
  io.on("connection", (socket) => socket.onAny((...values) => heard.push(values)));
  const socket = await connect();
  for (let round = 0; round < 3; round++) {
    for (let count = 0; count < 100; count++) socket.emit("count", count);
    await untilRead(socket);
    expect(heard.splice(0)).toHaveLength(100);
  }
});

test("a server that went away has not read it", async () => {
  io.on("connection", (socket) => socket.conn.close(true));
  const socket = await connect();
  if (socket.connected) await new Promise((resolve) => socket.once("disconnect", resolve));
  await expect(untilRead(socket)).rejects.toThrow("closed the connection");
});

test("a server that goes away while it is asked has not read it", async () => {
  const socket = await connect();
  io.of(/^\/probe/).use(() => {
    for (const { conn } of io.sockets.sockets.values()) conn.close(true);
  });
  await expect(untilRead(socket)).rejects.toThrow("closed the connection");
});
