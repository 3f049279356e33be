import type { User } from "./store.ts";

/** A user, the name that all have been told, and the timer until the next one may be told. */
type Session = User & { told?: string; quiet?: NodeJS.Timeout | undefined };

/** Who has said a name, by the id of the connection: in memory, since a restart ends them all. */
const sessions = new Map<string, Session>();

/** Names a connection. Its counts stay. */
export const nameSession = (id: string, name: string, tell: (sentence: string) => void) => {
  const session: Session = sessions.get(id) ?? { name, click_count: 0, event_count: 0 };
  sessions.set(id, session);
  session.name = name;
  tellName(session, tell);
};

/** Tells the name that a session has now, but no more than one in two seconds: the last one wins. */
const tellName = (session: Session, tell: (sentence: string) => void) => {
  const { name, told, quiet } = session;
  if (name === told || quiet) return;
  tell(told === undefined ? `${name} joined` : `${told} is now called ${name}`);
  session.told = name;
  session.quiet = setTimeout(() => {
    session.quiet = undefined;
    tellName(session, tell);
  }, 2000);
};

/** Counts a click or an event of a connection that has a name, and returns how many it has made. */
export const countSession = (id: string, what: "click_count" | "event_count"): number => {
  const session = sessions.get(id);
  if (session) session[what] += 1;
  return session?.[what] ?? 0;
};

/** Forgets a connection, and returns what all have been told that it was called. */
export const endSession = (id: string): string | undefined => {
  const session = sessions.get(id);
  clearTimeout(session?.quiet);
  sessions.delete(id);
  return session?.told;
};

/** Who is here, those with the most clicks first. */
export const listSessions = (limit: number): User[] =>
  [...sessions.values()]
    .sort((one, two) => two.click_count - one.click_count || (one.name < two.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name, click_count, event_count }) => ({ name, click_count, event_count }));
