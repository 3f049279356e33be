import { io, type Socket } from "socket.io-client";
import { patience, waitedInVain } from "./patience.ts";
import { brief, type Exchange, recorder } from "./traffic.ts";

/** How a socket connects. */
export type Connecting = {
  /** Of the handshake, such as `Origin` and `Host` as a browser would send them, or `Cookie`. */
  headers?: Record<string, string>;
  /** Where the server listens for sockets; by default where its course says, or Socket.IO does. */
  path?: string;
  /** What it says of itself in the handshake: `socket.handshake.auth` on the server. */
  auth?: Record<string, unknown>;
  /** Called with all that it hears, from the first event on: some servers speak at once. */
  onAny?: (event: string, ...values: unknown[]) => void;
};

/**
 * Connects a Socket.IO client by WebSocket alone, as a page does. A program sends no `Origin`.
 * @throws SocketRefused when the server refuses the handshake.
 * @throws when the server does not answer it in time.
 */
export const connectSocket = async (
  url: string,
  { headers = {}, path, auth, onAny }: Connecting = {},
): Promise<Socket> => {
  const socket = io(url, {
    forceNew: true,
    reconnection: false,
    transports: ["websocket"],
    extraHeaders: headers,
    ...(path === undefined ? {} : { path }),
    ...(auth === undefined ? {} : { auth }),
  });
  const record = recorder();
  const shown = Object.entries(headers).map(([name, value]) => ` ${name}: ${brief(value)}`);
  const opening: Exchange = record({ kind: "socket", sent: `a socket connects${shown.join(",")}` });
  const words = (event: string, values: unknown[]) =>
    [event, ...values.filter((it) => typeof it !== "function").map((it) => brief(it))].join(" ");
  socket.onAnyOutgoing((event, ...values) => {
    record({ kind: "socket", sent: `a socket emits ${words(event, values)}` });
  });
  socket.onAny((event, ...values) => {
    record({ kind: "socket", sent: "a socket listens", received: words(event, values) });
  });
  if (onAny) socket.onAny(onAny);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.close();
      const error = new Error("the app does not answer a socket that connects");
      reject(waitedInVain(error, patience));
    }, patience);
    socket.on("connect", () => {
      clearTimeout(timer);
      opening.received = "connected";
      resolve();
    });
    socket.on("connect_error", (error) => {
      clearTimeout(timer);
      socket.close();
      opening.received = "refused";
      reject(new SocketRefused(reason(error)));
    });
  });
  return socket;
};

/** The server answered a handshake, and did not let the socket in. */
export class SocketRefused extends Error {
  constructor(reason: string) {
    super(`the app refuses a socket that connects: ${reason}`);
  }
}

/** What the WebSocket knows is more than Socket.IO's "websocket error". */
const reason = (error: Error & { description?: { message?: unknown } }): string =>
  String(error.description?.message || error.message);

/**
 * Waits until the server has read all that a socket sent so far. Packets are read in order, and
 * every Socket.IO server answers who asks for a namespace, whether it has one of this name or not.
 * @throws when the connection is closed before.
 */
export const untilRead = async (socket: Socket): Promise<void> => {
  const closed = () => new Error("the app closed the connection of a socket: did it end?");
  // The probe would open another connection.
  if (!socket.connected) throw closed();
  const probe = socket.io.socket(`/probe-${++probes}`);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      const error = new Error("the app does not answer a socket any more");
      reject(waitedInVain(error, patience));
    }, patience);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    for (const answer of ["connect", "connect_error"]) probe.once(answer, done);
    socket.io.once("close", () => {
      clearTimeout(timer);
      reject(closed());
    });
    probe.connect();
  });
  probe.removeAllListeners();
};
let probes = 0;

/**
 * Emits an event, and returns what the server acknowledges.
 * @throws when it does not acknowledge it in time
 */
export const ask = async (
  socket: Socket,
  event: string,
  ...values: unknown[]
): Promise<unknown> => {
  const start = Date.now();
  const words = [event, ...values.map((it) => brief(it))].join(" ");
  try {
    const answer = await socket.timeout(patience).emitWithAck(event, ...values);
    const sent = `the app acknowledges ${words}`;
    recorder()({ kind: "socket", sent, received: brief(answer) });
    return answer;
  } catch {
    const error = new Error(`the app does not acknowledge ${words}`);
    throw waitedInVain(error, Date.now() - start);
  }
};
