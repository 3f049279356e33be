import { io, type Socket } from "socket.io-client";
import { patience, waitedInVain } from "./patience.ts";
import { brief, type Exchange, recorder } from "./traffic.ts";

/**
 * Connects a Socket.IO client, as a page does.
 * @throws when the server does not accept it in time.
 */
export const connectSocket = async (url: string): Promise<Socket> => {
  const socket = io(url, { forceNew: true, reconnection: false });
  const record = recorder();
  const opening: Exchange = record({ kind: "socket", sent: "a socket connects" });
  const words = (event: string, values: unknown[]) =>
    [event, ...values.filter((it) => typeof it !== "function").map((it) => brief(it))].join(" ");
  socket.onAnyOutgoing((event, ...values) => {
    record({ kind: "socket", sent: `a socket emits ${words(event, values)}` });
  });
  socket.onAny((event, ...values) => {
    record({ kind: "socket", sent: "a socket listens", received: words(event, values) });
  });
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
      reject(new Error(`the app refuses a socket that connects: ${error.message}`));
    });
  });
  return socket;
};

/** Says who a socket is, as the page does, and returns what the server acknowledges. */
export const sayWho = async (socket: Socket, nickname: unknown): Promise<unknown> => {
  const start = Date.now();
  try {
    const answer = await socket.timeout(patience).emitWithAck("connect-ack", nickname);
    const sent = `the app acknowledges connect-ack ${brief(nickname)}`;
    recorder()({ kind: "socket", sent, received: brief(answer) });
    return answer;
  } catch {
    const error = new Error(`the app does not acknowledge connect-ack ${brief(nickname)}`);
    throw waitedInVain(error, Date.now() - start);
  }
};
