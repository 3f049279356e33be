import type { Edit } from "../table.ts";

/** Edits of the files of this course: a text of the author's, and what stands there instead. */
export const chat = (from: string, to: string): Edit => ["lib/chat.ts", from, to];
export const error = (from: string, to: string): Edit => ["views/error.ejs", from, to];
export const errors = (from: string, to: string): Edit => ["lib/errors.ts", from, to];
export const limits = (from: string, to: string): Edit => ["lib/limits.ts", from, to];
export const lobby = (from: string, to: string): Edit => ["lib/lobby.ts", from, to];
export const passwords = (from: string, to: string): Edit => ["lib/passwords.ts", from, to];
export const sessions = (from: string, to: string): Edit => ["lib/sessions.ts", from, to];
export const store = (from: string, to: string): Edit => ["lib/store.ts", from, to];
export const top = (from: string, to: string): Edit => ["views/top.ejs", from, to];
export const users = (from: string, to: string): Edit => ["lib/users.ts", from, to];
export const view = (name: string, from: string, to: string): Edit => [
  `views/${name}.ejs`,
  from,
  to,
];
