import { rightFront } from "./right-front.ts";
import { rightLists } from "./right-lists.ts";
import { rightMessages } from "./right-messages.ts";
import { rightPages } from "./right-pages.ts";
import { rightServers } from "./right-servers.ts";
import { rightSockets } from "./right-sockets.ts";
import { rightStart } from "./right-start.ts";
import { rightUsers } from "./right-users.ts";

/** Apps that a check has to accept: each keeps all promises in another way than the author's. */
export const rightApps = [
  ...rightStart,
  ...rightUsers,
  ...rightServers,
  ...rightMessages,
  ...rightLists,
  ...rightFront,
  ...rightPages,
  ...rightSockets,
];
