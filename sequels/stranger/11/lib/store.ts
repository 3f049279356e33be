import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import { type SessionData, Store } from "express-session";

/** What is stored in the place of a session's id: whoever reads the file cannot use it. */
const hashOf = (sid: string) => createHash("sha256").update(sid).digest("base64url");

type Row = { sid_hash: string; data: string; expires_at: number };
type Done<T> = (error: unknown, result?: T) => void;

/** Does what was asked for, and calls back with what came of it, or with what went wrong. */
const answer = <T>(done: Done<T> | undefined, act: () => T) => {
  let result: T;
  try {
    result = act();
  } catch (error) {
    return done?.(error);
  }
  done?.(null, result);
};

/** Keeps sessions in a table, so that they outlive the process. */
export class SessionStore extends Store {
  readonly #select: Database.Statement<[string, number], Row>;
  readonly #upsert: Database.Statement<Row>;
  readonly #delete: Database.Statement<[string]>;

  constructor(db: Database.Database) {
    super();
    db.exec(`
      CREATE TABLE IF NOT EXISTS sessions (
        sid_hash TEXT PRIMARY KEY,
        data TEXT NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX IF NOT EXISTS sessions_expires_at ON sessions (expires_at);
    `);
    this.#select = db.prepare("SELECT * FROM sessions WHERE sid_hash = ? AND expires_at > ?");
    this.#upsert = db.prepare(`
      INSERT INTO sessions VALUES (@sid_hash, @data, @expires_at)
      ON CONFLICT (sid_hash) DO UPDATE SET data = @data, expires_at = @expires_at
    `);
    this.#delete = db.prepare("DELETE FROM sessions WHERE sid_hash = ?");
  }

  override get(sid: string, done: Done<SessionData | undefined>) {
    answer(done, () => {
      const row = this.#select.get(hashOf(sid), Date.now());
      return row && JSON.parse(row.data);
    });
  }

  override set(sid: string, session: SessionData, done?: Done<void>) {
    answer(done, () => {
      const expires_at = Date.now() + (session.cookie.originalMaxAge ?? 0);
      this.#upsert.run({ sid_hash: hashOf(sid), data: JSON.stringify(session), expires_at });
    });
  }

  override destroy(sid: string, done?: Done<void>) {
    answer(done, () => {
      this.#delete.run(hashOf(sid));
    });
  }
}
