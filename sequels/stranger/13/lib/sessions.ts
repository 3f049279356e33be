import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { Request } from "express";
import type { Session, SessionData } from "express-session";

// What we keep of a visitor. The package has left this type open for it.
declare module "express-session" {
  interface SessionData {
    visitorId: string;
    anonName: string;
    /** Only of somebody who is logged in. */
    user: { id: number; username: string };
    /** What the next page shows, and no page after it. */
    flashes: string[];
  }
}

// The request with which a socket begins has a session, too.
declare module "node:http" {
  interface IncomingMessage {
    session: Session & Partial<SessionData>;
  }
}

/** The secrets of SESSION_SECRET, or of config.env in this folder: the first signs, all are accepted. */
export const readSecrets = (folder: string, mayMake: boolean): string[] => {
  const file = join(folder, "config.env");
  const kept = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  let text = process.env.SESSION_SECRET || kept.SESSION_SECRET;
  if (!text) {
    if (!mayMake) throw new Error("SESSION_SECRET is not set");
    text = randomBytes(32).toString("hex");
    mkdirSync(folder, { recursive: true });
    // Only whoever runs the server may read it.
    appendFileSync(file, `SESSION_SECRET=${text}\n`, { mode: 0o600 });
    console.log(`made a secret for cookies: ${file}`);
  }
  const secrets = text.split(",").map((it) => it.trim());
  if (secrets.some((it) => it.length < 32)) throw new Error("SESSION_SECRET is too short");
  return secrets;
};

/** Keeps a sentence for the next page. */
export const flash = (session: Partial<SessionData>, sentence: string) => {
  session.flashes = [...(session.flashes ?? []), sentence];
};

/** Hands out what the next page is to show. */
export const takeFlashes = (session: Partial<SessionData>): string[] => {
  const { flashes = [] } = session;
  delete session.flashes;
  return flashes;
};

/** Gives a session a new id, with what it held: whoever knows the old id has nothing of it any more. */
export const renew = (req: Request): Promise<void> => {
  const { visitorId, anonName, flashes } = req.session;
  return new Promise((resolve, reject) => {
    req.session.regenerate((error) => {
      if (error) {
        // The old one is still there: the answer must not bring the id of an empty one.
        Reflect.deleteProperty(req, "session");
        return reject(error);
      }
      Object.assign(req.session, { visitorId, anonName, flashes });
      resolve();
    });
  });
};

/** Makes a visitor of whoever is none yet: an id that nobody else sees, and a name that all may see. */
export const greet = (session: Partial<SessionData>, isTaken: (name: string) => boolean) => {
  if (session.visitorId) return;
  session.visitorId = randomUUID();
  // A counter would start again with the server, and tell how many have come.
  do session.anonName = `User${randomInt(100_000, 1_000_000)}`;
  while (isTaken(session.anonName));
};
