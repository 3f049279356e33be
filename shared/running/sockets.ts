import { setTimeout as sleep } from "node:timers/promises";
import type { Socket } from "socket.io-client";
import { CourseError } from "../course/errors.ts";
import { TIME_LIMIT_MS } from "./client.ts";
import { type Address, requestUrl } from "./server.ts";

/** An app may limit how fast one connection is: so many are sent at once, and the others no faster. */
const AT_ONCE = 15;
const PAUSE_MS = 60;

/** A connection to the running step. */
export interface Connection {
  /**
   * Emits an event, and returns what the step acknowledges.
   * @param data what the event carries; nothing where it is undefined
   * @throws CourseError if it is not acknowledged in time, or the connection ends
   */
  emit(event: string, data: Record<string, unknown> | undefined): Promise<unknown>;
}

/** The connections to the running step. */
export interface Sockets {
  /**
   * The connection of a sender: it is opened at the first use.
   * @throws CourseError if the step lets it not in
   */
  of(headers: Record<string, string>, sender: unknown): Promise<Connection>;
  close(): void;
}

/** The server that sockets connect to. */
interface Server {
  readonly address: Address;
  /** Where its sockets listen. */
  readonly path: string;
  /** For messages: `step 07`. */
  readonly step: string;
}

/** Connections by WebSocket alone, as the pages of all courses open them: none yet. */
export function openSockets(server: Server): Sockets {
  const sockets: Socket[] = [];
  const opened = new Map<string, Connection>();
  return {
    async of(headers, sender) {
      const who = JSON.stringify([headers, sender]);
      let connection = opened.get(who);
      if (connection === undefined) {
        const socket = await connect(server, headers);
        sockets.push(socket);
        connection = connectionOver(socket, server);
        opened.set(who, connection);
      }
      return connection;
    },
    close() {
      for (const socket of sockets) socket.close();
    },
  };
}

async function connect(
  { address, path, step }: Server,
  headers: Record<string, string>,
): Promise<Socket> {
  // Most courses' example data need none, and loading it takes a moment.
  const { io } = await import("socket.io-client");
  const socket = io(requestUrl(address), {
    path,
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    timeout: TIME_LIMIT_MS,
    extraHeaders: headers,
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once("connect", resolve).once("connect_error", reject);
  try {
    await promise;
    return socket;
  } catch (error) {
    socket.close();
    // What the WebSocket knows is more than Socket.IO's "websocket error".
    const { message, description } = error as Error & { description?: { message?: string } };
    throw new CourseError(
      `${step} lets no socket in at ${path} (${description?.message ?? message}): see what npm start prints`,
    );
  }
}

function connectionOver(socket: Socket, { address, step }: Server): Connection {
  let sent = 0;
  return {
    async emit(event, data) {
      if (sent++ >= AT_ONCE) await sleep(PAUSE_MS);
      const values = data === undefined ? [] : [data];
      try {
        return await socket.timeout(TIME_LIMIT_MS).emitWithAck(event, ...values);
      } catch {
        throw new CourseError(
          socket.connected
            ? `the server on port ${address.port} did not acknowledge ${event} within ${TIME_LIMIT_MS / 1000} s: restart it, or name another port with --port`
            : `${step} ended the connection at ${[event, ...values.map((it) => JSON.stringify(it))].join(" ")}: see what npm start prints`,
        );
      }
    },
  };
}
