import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";

/** The network between a page and its server: a cable that a test can pull. */
export type Cable = {
  url: string;
  /** Breaks all connections, and refuses new ones until `restore`. */
  cut: () => void;
  restore: () => void;
  stop: () => Promise<void>;
};

/** Forwards all connections to `port` on this machine. */
export const startCable = async (port: number): Promise<Cable> => {
  const open = new Set<Socket>();
  let connected = true;
  const server = createServer((near) => {
    if (!connected) {
      near.destroy();
      return;
    }
    const far = createConnection(port, "127.0.0.1");
    for (const [socket, peer] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on("error", () => peer.destroy());
      socket.on("close", () => {
        open.delete(socket);
        peer.destroy();
      });
      socket.pipe(peer);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the cable has no end");

  const breakAll = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut: () => {
      connected = false;
      breakAll();
    },
    restore: () => {
      connected = true;
    },
    stop: async () => {
      breakAll();
      server.close();
      await once(server, "close");
    },
  };
};
