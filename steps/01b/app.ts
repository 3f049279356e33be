import { mkdirSync, openAsBlob } from "node:fs";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import express from "express";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = Number(process.env.PORT || 5001);
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

const app = express();

// --- database ---

const FILE = join(import.meta.dirname, "instance", "chat.db");
mkdirSync(dirname(FILE), { recursive: true });
const db = new Database(FILE);
// With a write-ahead log, readers and the writer do not wait for each other.
db.pragma("journal_mode = WAL");

// --- api ---

app.get("/db/alive", async (_req, res) => {
  try {
    // SQLite could still answer from its memory, so the file itself is looked at, too.
    const head = await (await openAsBlob(FILE)).slice(0, 15).text();
    if (head !== "SQLite format 3") throw new Error(`${FILE} is no SQLite database`);
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

const server = app.listen(PORT, HOST);
server.on("listening", () => {
  console.log(`step ${VERSION} listens on http://${HOST}:${PORT}`);
});
server.on("error", (error) => {
  console.error(`Cannot listen (${error.message}): stop the program on port ${PORT}, or set PORT.`);
  process.exit(1);
});
