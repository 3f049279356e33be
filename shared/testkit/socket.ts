import { io, type Socket } from "socket.io-client";
import { patience } from "./patience.ts";

/**
 * Connects a Socket.IO client, as a page does.
 * @throws when the server does not accept it in time.
 */
export const connectSocket = async (url: string): Promise<Socket> => {
  const socket = io(url, { forceNew: true, reconnection: false });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${url} accepts no socket`)), patience);
    socket.on("connect", () => {
      clearTimeout(timer);
      resolve();
    });
    socket.on("connect_error", (error) => {
      clearTimeout(timer);
      socket.close();
      reject(new Error(`${url} refuses the socket: ${error.message}`));
    });
  });
  return socket;
};

/** Says who a socket is, as the page does, and returns what the server acknowledges. */
export const sayWho = (socket: Socket, nickname: unknown): Promise<unknown> =>
  socket.timeout(patience).emitWithAck("connect-ack", nickname);
