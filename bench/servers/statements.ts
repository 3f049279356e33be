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
const listMessagesAsJson = db.prepare<object, { json: string }>(sqlOf(file, "listMessagesWith"));
const insertMessage = db.prepare(sqlOf(file, "insertMessage"));

/** A user's messages with their users' details, as the app answers them. */
export const messagesWith = (user_id: number) =>
  listMessagesAsJson.all({ user_id, after: 0 }).map(({ json }) => JSON.parse(json));

/** Stores a message; the row is read so that it is committed. */
export const storeMessage = (message: unknown) => insertMessage.all(message)[0];

type Row = Record<string, unknown>;
const view = join(folder, "views", "messages.ejs");
// Named, so that it finds what it includes.
const template = ejs.compile(readFileSync(view, "utf8"), { filename: view });

/** The messages page, by the app's own template, compiled once. */
export const renderMessages = (id: number): string =>
  template({
    user: selectUser.get(id),
    messages: messagesWith(id),
    recipients: (listUsers.all() as Row[]).filter((other) => other.id !== id),
  });
