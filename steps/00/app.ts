import { basename } from "node:path";
import express from "express";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = Number(process.env.PORT || 5001);
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

const app = express();

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
