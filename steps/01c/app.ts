import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import Database from "better-sqlite3";
import express from "express";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = Number(process.env.PORT || 5001);
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

const app = express();

// --- database ---

const INSTANCE = join(import.meta.dirname, "instance");
mkdirSync(INSTANCE, { recursive: true });
const db = new Database(join(INSTANCE, "chat.db"));
// With a write-ahead log, readers and the writer do not wait for each other.
db.pragma("journal_mode = WAL");

const countTables = db.prepare("SELECT count(*) FROM sqlite_schema");

// --- api ---

app.get("/db/alive", (_req, res) => {
  try {
    // "SELECT 1" would be answered without opening the file.
    countTables.get();
    res.json({ status: "healthy", message: "Database connection is alive" });
  } catch (error) {
    console.error(error);
    res.status(503).json({ status: "broken", message: "The database cannot be read" });
  }
});

app.get("/api/version", (_req, res) => {
  res.json({ version: VERSION });
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
