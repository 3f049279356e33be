import { once } from "node:events";
import { createServer } from "node:net";

/** Below what systems give to outgoing connections, which come and go at any moment. */
const FIRST = 20_000;
const COUNT = 10_000;

/** Each process walks through the ports from a place of its own: two of them hardly ever meet. */
let next = Math.floor(Math.random() * COUNT);

/** A port of the loopback address that nobody listens on, and that this process gives but once. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = FIRST + (next++ % COUNT);
    const server = createServer();
    server.listen(port, "127.0.0.1");
    const free = await once(server, "listening").then(
      () => true,
      () => false,
    );
    server.close();
    if (!free) continue;
    await once(server, "close");
    return port;
  }
};
