import type { User } from "./store.ts";

/** Who has said a name, by the id of the connection: in memory, since a restart ends them all. */
const sessions = new Map<string, User>();

/** Names a connection, and returns what it was called before. Its counts stay. */
export const nameSession = (id: string, name: string): string | undefined => {
  const before = sessions.get(id);
  sessions.set(id, { click_count: 0, event_count: 0, ...before, name });
  return before?.name;
};

/** Counts a click or an event of a connection that has a name. */
export const countSession = (id: string, what: "click_count" | "event_count") => {
  const session = sessions.get(id);
  if (session) session[what] += 1;
};

/** Forgets a connection, and returns what it was called. */
export const endSession = (id: string): string | undefined => {
  const name = sessions.get(id)?.name;
  sessions.delete(id);
  return name;
};

/** Who is here, those with the most clicks first. */
export const listSessions = (limit: number): User[] =>
  [...sessions.values()]
    .sort((one, two) => two.click_count - one.click_count || (one.name < two.name ? -1 : 1))
    .slice(0, limit);
