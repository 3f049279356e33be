import type Database from "better-sqlite3";
import { z } from "zod";

const field = z.string("must be given once");

// Some characters look the same and are not: a wide ａ, an é of two parts. NFKC makes one of them.
export const toName = (text: string) => text.normalize("NFKC").trim().toLowerCase();
export const toPassword = (text: string) => text.normalize("NFKC");

export const NewUser = z
  .object({
    username: field
      .transform(toName)
      .pipe(z.string().regex(/^[a-z0-9_]{3,20}$/, "must be 3 to 20 of a to z, 0 to 9, _"))
      .refine((it) => !/^user\d+$/.test(it), "is kept for visitors without an account"),
    password: field
      .transform(toPassword)
      .refine(
        (it) => [...it].length >= 8 && [...it].length <= 128,
        "must have 8 to 128 characters",
      ),
    confirmation: field.transform(toPassword),
  })
  .refine(({ password, confirmation }) => password === confirmation, {
    path: ["confirmation"],
    error: "is not the same as the password",
  });

export const Login = z.object({
  username: field.transform(toName),
  password: field.transform(toPassword),
});

export type User = { id: number; username: string; password_hash: string; created_at: string };
type Row = Omit<User, "id">;

/** Makes the table where it is missing. Returns the statements on it. */
export const openUsers = (db: Database.Database) => {
  db.exec(`
    CREATE TABLE IF NOT EXISTS users (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      username TEXT NOT NULL UNIQUE COLLATE NOCASE,
      password_hash TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT
  `);
  const insertUser = db.prepare<Row, User>(`
    INSERT INTO users (username, password_hash, created_at)
    VALUES (@username, @password_hash, @created_at)
    ON CONFLICT (username) DO NOTHING RETURNING *
  `);
  const selectUser = db.prepare<[string], User>("SELECT * FROM users WHERE username = ?");
  return { insertUser, selectUser };
};
