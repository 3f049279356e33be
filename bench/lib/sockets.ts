/** What the process of the sockets is asked. */
export type SocketJob =
  /** Connect sockets as u1, u2, u3 …, one after the other; answers when all have joined. */
  | { kind: "connect"; url: string; protocol: "socket.io" | "ws"; count: number }
  /** Post messages one by one, each to a random socket, and wait until it has arrived. */
  | { kind: "one by one"; messages: number }
  /** Post from several connections at once for some seconds. */
  | { kind: "sustained"; connections: number; seconds: number }
  | { kind: "disconnect" };

/** Times in ms, from the POST to the recipient's socket. */
export type SocketAnswer = { times: number[]; perSecond: number };
