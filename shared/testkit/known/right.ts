import { rightFront } from "./right-front.ts";
import { rightServers } from "./right-servers.ts";
import { rightStart } from "./right-start.ts";
import { rightUsers } from "./right-users.ts";

/** Apps that a check has to accept: each keeps all promises in another way than the author's. */
export const rightApps = [...rightStart, ...rightUsers, ...rightServers, ...rightFront];
