import dns, { type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";

const LOOPBACK: readonly LookupAddress[] = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];

/**
 * Looks a name up as the system does, and `localhost` besides: it is this machine whatever the system
 * says of it (https://www.rfc-editor.org/rfc/rfc6761#section-6.3), which browsers keep to, and some
 * lists of hosts do not. Of several addresses Node takes the first one where somebody listens.
 */
export const lookup: LookupFunction = (name, options, callback) => {
  if (!/^(.+\.)?localhost\.?$/i.test(name) || !options.all)
    return dns.lookup(name, options, callback);
  dns.lookup(name, { ...options, all: true }, (_error, found = []) => {
    const more = LOOPBACK.filter(({ address }) => !found.some((each) => each.address === address));
    callback(null, [...found, ...more]);
  });
};
