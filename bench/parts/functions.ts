import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import ejs from "ejs";
import { Bench } from "tinybench";
import { z } from "zod";
import { copyOf, sqlOf } from "../lib/app.ts";
import type { Figure } from "../lib/figure.ts";
import { fillDatabase } from "../lib/fill.ts";
import type { Part, Settings } from "../lib/part.ts";
import { startServer } from "../lib/server.ts";

/** What a request is made of: where its time goes, apart from HTTP. */
const run = async ({ app, quick, say }: Settings): Promise<Figure[]> => {
  say("functions: what a request is made of");
  const copy = copyOf(app);
  const server = await startServer([copy.file]);
  await server.stop();
  fillDatabase(copy.database, { users: 100, messages: 1000, ofOne: 100 });
  const db = new Database(copy.database);
  try {
    const bench = new Bench({ time: quick ? 100 : 500, warmupTime: 100 });
    addAll(bench, db, copy.file, join(copy.folder, "views/messages.ejs"));
    await bench.run();
    return bench.tasks.map(({ name, result }) => {
      if (!("latency" in result)) throw new Error(`${name}: ${result.state}`);
      // In ms, of each call.
      const { p50, min, p99, samplesCount } = result.latency;
      const [median, low, high] = [p50 * 1000, min * 1000, p99 * 1000];
      const measured = { median, low, high, runs: samplesCount };
      return { part: "functions", what: `${name} (lowest–p99)`, unit: "µs", measured, beside: [] };
    });
  } finally {
    db.close();
    copy.remove();
  }
};

const addAll = (bench: Bench, db: Database.Database, file: string, view: string): void => {
  const compileView = () => ejs.compile(readFileSync(view, "utf8"), { filename: view });
  const statement = (name: string) => db.prepare(sqlOf(file, name));
  const one = statement("selectUser");
  const all = statement("listUsers");
  const messages = statement("listMessagesWith");
  const insert = statement("insertMessage");
  const newMessage = { author_id: 3, recipient_id: 4, content: "trois petits chats" };
  const NewMessage = z.object({
    author_id: z.int().positive(),
    recipient_id: z.int().positive(),
    content: z.string().trim().min(1).max(2000),
  });
  const users = all.all();
  const details = () => {
    const rows = messages.all({ user_id: 1, after: 0 }) as { json: string }[];
    return rows.map(({ json }) => JSON.parse(json));
  };
  const data = {
    user: users[0],
    messages: details(),
    recipients: users,
  };
  const page = compileView();
  bench
    .add("statement: one user", () => one.get(1))
    .add("statement: 100 users", () => all.all())
    .add("statement: 100 messages of a user", details)
    .add("statement: insert a message", () => insert.all(newMessage))
    .add("preparing the statement of messages", () => statement("listMessagesWith"))
    .add("zod: a new message", () => NewMessage.parse(newMessage))
    .add("JSON of 100 messages", () => JSON.stringify(data.messages))
    .add("messages page, template compiled before", () => page(data))
    .add("messages page, template compiled each time", () => compileView()(data));
};

/** The parts of a request, as functions. */
export const part: Part = {
  summary: "statements, validation, template: what a request is made of",
  run,
};
