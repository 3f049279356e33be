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
  readonly #db: Database.Database;
  readonly #deleteExpired: Database.Statement<[number]>;
  readonly #deleteOldest: Database.Statement<[]>;
  readonly #select: Database.Statement<[string, number], Row>;
  readonly #upsert: Database.Statement<Row>;
  readonly #delete: Database.Statement<[string]>;
  readonly #selectName: Database.Statement<[string]>;

  constructor(db: Database.Database) {
    super();
    this.#db = db;
    // What is deleted is overwritten with zeros. Without this, it stays until its place is needed.
    db.pragma("secure_delete = ON");
    db.exec(`
      CREATE TABLE IF NOT EXISTS sessions (
        sid_hash TEXT PRIMARY KEY,
        data TEXT NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX IF NOT EXISTS sessions_expires_at ON sessions (expires_at);
      CREATE INDEX IF NOT EXISTS sessions_name ON sessions (data ->> 'anonName');
    `);
    this.#select = db.prepare("SELECT * FROM sessions WHERE sid_hash = ? AND expires_at > ?");
    this.#upsert = db.prepare(`
      INSERT INTO sessions VALUES (@sid_hash, @data, @expires_at)
      ON CONFLICT (sid_hash) DO UPDATE SET data = @data, expires_at = @expires_at
    `);
    this.#deleteExpired = db.prepare("DELETE FROM sessions WHERE expires_at <= ?");
    // Anybody can make a session: so many are kept, and the oldest go.
    this.#deleteOldest = db.prepare(`
      DELETE FROM sessions WHERE sid_hash IN (
        SELECT sid_hash FROM sessions ORDER BY expires_at
        LIMIT max(0, (SELECT count(*) FROM sessions) - 100000)
      )
    `);
    this.#delete = db.prepare("DELETE FROM sessions WHERE sid_hash = ?");
    this.#selectName = db.prepare("SELECT 1 FROM sessions WHERE data ->> 'anonName' = ?");
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
      this.#deleteOldest.run();
    });
  }

  override destroy(sid: string, done?: Done<void>) {
    answer(done, () => {
      this.#delete.run(hashOf(sid));
    });
  }

  /** Takes from the disk what nobody can use any more. */
  clean() {
    this.#deleteExpired.run(Date.now());
    // The write-ahead log still has what was written before: this empties it.
    this.#db.pragma("wal_checkpoint(TRUNCATE)");
  }

  /** Whether a visitor has this name. */
  hasName(anonName: string): boolean {
    return this.#selectName.get(anonName) !== undefined;
  }
}
