import { rightFront } from "./right-front.ts";
import { rightMessages } from "./right-messages.ts";
import { rightPages } from "./right-pages.ts";
import { rightServers } from "./right-servers.ts";
import { rightSockets } from "./right-sockets.ts";

/** Apps that a check has to accept: each keeps all promises in another way than the author's. */
export const rightApps = [
  ...rightServers,
  ...rightMessages,
  ...rightFront,
  ...rightPages,
  ...rightSockets,
];
