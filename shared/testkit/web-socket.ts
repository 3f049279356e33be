import type { ClientRequest, IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import { patience, waitedInVain } from "./patience.ts";
import { SocketRefused } from "./socket.ts";
import { brief, recorder } from "./traffic.ts";

/** A plain WebSocket, without Socket.IO. */
export type RawSocket = {
  socket: WebSocket;
  /** All messages so far, from the first one on: text as it is, anything else as its bytes. */
  received: (string | Buffer)[];
  /** How the connection was closed, once it is. */
  closed: Promise<{ code: number; reason: string }>;
};

/** How it connects. */
export type RawConnecting = {
  /** Of the handshake, such as `Origin` or `Cookie`. */
  headers?: Record<string, string>;
  /** The protocols that it offers to speak, the best first. */
  protocols?: string[];
};

/**
 * Opens a plain WebSocket, and collects what arrives on it.
 * @param url such as `http://127.0.0.1:40123/live`
 * @throws SocketRefused, with the status, when the server refuses the handshake
 * @throws when the server does not answer it in time
 */
export const openWebSocket = async (
  url: string,
  { headers = {}, protocols = [] }: RawConnecting = {},
): Promise<RawSocket> => {
  const record = recorder();
  const { pathname } = new URL(url);
  const shown = Object.entries(headers).map(([name, value]) => ` ${name}: ${brief(value)}`);
  const opening = record({
    kind: "socket",
    sent: `a WebSocket opens ${pathname}${shown.join(",")}`,
  });
  const socket = new WebSocket(url.replace(/^http/, "ws"), protocols, { headers });
  const received: (string | Buffer)[] = [];
  socket.on("message", (data: Buffer, isBinary) => {
    received.push(isBinary ? data : data.toString("utf8"));
    const what = isBinary ? `${data.length} bytes` : brief(data.toString("utf8"));
    record({ kind: "socket", sent: "a WebSocket listens", received: what });
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once("close", (code, reason) => {
      record({ kind: "socket", sent: "a WebSocket listens", received: `closed with ${code}` });
      resolve({ code, reason: String(reason) });
    });
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error) => {
      clearTimeout(timer);
      socket.on("error", () => {}).terminate();
      reject(error);
    };
    const timer = setTimeout(() => {
      const error = new Error("the app does not answer a WebSocket that opens");
      fail(waitedInVain(error, patience));
    }, patience);
    const refused = (reason: string) => {
      opening.received = "refused";
      fail(new SocketRefused(reason));
    };
    socket
      .once("open", () => {
        clearTimeout(timer);
        opening.received = "connected";
        resolve();
      })
      .once("unexpected-response", (_: ClientRequest, { statusCode }: IncomingMessage) =>
        refused(`it answers ${statusCode}`),
      )
      .once("error", ({ message }) => refused(message));
  });
  return { socket, received, closed };
};
