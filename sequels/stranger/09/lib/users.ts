import type Database from "better-sqlite3";
import { z } from "zod";

const field = z.string("must be given once");
export const NewUser = z.object({
  username: field.regex(/^[a-z0-9_]{3,20}$/, "must be 3 to 20 of a to z, 0 to 9, _"),
});

export type User = { id: number; username: string; created_at: string };
type Row = Omit<User, "id">;

/** Makes the table where it is missing. Returns the statements on it. */
export const openUsers = (db: Database.Database) => {
  db.exec(`
    CREATE TABLE IF NOT EXISTS users (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      username TEXT NOT NULL UNIQUE COLLATE NOCASE,
      created_at TEXT NOT NULL
    ) STRICT
  `);
  const insertUser = db.prepare<Row, User>(`
    INSERT INTO users (username, created_at) VALUES (@username, @created_at)
    ON CONFLICT (username) DO NOTHING RETURNING *
  `);
  return { insertUser };
};
