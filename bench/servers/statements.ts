/** The statements of the measured app, for the baselines: the same SQL on the same database. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import ejs from "ejs";
import { sqlOf } from "../lib/app.ts";

const file = process.env.APP;
if (!file) throw new Error("APP names the app.ts whose statements are run");
const folder = dirname(file);

const db = new Database(join(folder, "instance", "chat.db"));
db.pragma("journal_mode = WAL");
db.pragma("foreign_keys = ON");

export const listUsers = db.prepare(sqlOf(file, "listUsers"));
export const selectUser = db.prepare(sqlOf(file, "selectUser"));
export const listMessagesWith = db.prepare(sqlOf(file, "listMessagesWith"));
export const insertMessage = db.prepare(sqlOf(file, "insertMessage"));

type Row = Record<string, unknown>;
const template = ejs.compile(readFileSync(join(folder, "views", "messages.ejs"), "utf8"));

/** The messages page, by the app's own template, compiled once. */
export const renderMessages = (id: number): string =>
  template({
    user: selectUser.get(id),
    messages: (listMessagesWith.all({ user_id: id }) as Row[]).map((row) => ({
      ...row,
      author: { name: row.author_name },
      recipient: { name: row.recipient_name },
    })),
    recipients: (listUsers.all() as Row[]).filter((other) => other.id !== id),
  });
