import { rightFront } from "./right-front.ts";
import { rightLists } from "./right-lists.ts";
import { rightMessages } from "./right-messages.ts";
import { rightServers } from "./right-servers.ts";

/** Apps that a check has to accept: each keeps all promises in another way than the author's. */
export const rightApps = [...rightServers, ...rightMessages, ...rightLists, ...rightFront];
