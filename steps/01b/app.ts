import { once } from "node:events";
import { mkdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import express from "express";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = process.env.PORT || 5001;
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

const app = express();

// --- database ---

const FILE = join(import.meta.dirname, "instance", "chat.db");
mkdirSync(dirname(FILE), { recursive: true });
// Where another program holds the database, the whole server waits for it: 1 s at most.
const db = new Database(FILE, { timeout: 1000 });
try {
  // With a write-ahead log, readers and the writer do not wait for each other.
  db.pragma("journal_mode = WAL");
} catch (error) {
  console.error(`Cannot use ${FILE} (${error}): close what else uses it, or move it away.`);
  process.exit(1);
}

// --- api ---

app.get("/db/alive", (_req, res) => {
  try {
    // Only looked at, not opened: closing it again would take SQLite's locks away.
    if (statSync(FILE).size === 0) throw new Error(`${FILE} is empty`);
    db.pragma("schema_version");
    res.json({ status: "healthy", message: "Database connection is alive" });
  } catch (error) {
    console.error(error);
    res.status(503).json({ status: "broken", message: "The database cannot be read" });
  }
});

// --- front ---

app.get("/", (_req, res) => {
  res.type("text").send(`hello, this is a chat app! (version ${VERSION})`);
});

// --- listen ---

// In a URL, an IPv6 address stands in brackets.
const ADDRESS = `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`;
try {
  if (!Number(PORT)) throw new Error("a port is a number from 1 to 65535");
  await once(app.listen(Number(PORT), HOST), "listening");
  console.log(`step ${VERSION} listens on ${ADDRESS}`);
} catch (error) {
  console.error(`Cannot listen on ${ADDRESS} (${error}): set PORT or HOST, or stop what is there.`);
  process.exit(1);
}
