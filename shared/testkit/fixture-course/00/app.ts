import { once } from "node:events";
import { basename } from "node:path";
import express from "express";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = process.env.PORT || 5040;
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);
const GREETING = process.env.GREETING;
if (!GREETING) {
  console.error("GREETING is not set: say how guests are greeted, such as GREETING=welcome");
  process.exit(1);
}

const app = express();

// --- front ---

app.get("/", (_req, res) => {
  res.type("text").send(`${GREETING}, guest (version ${VERSION})`);
});

// --- listen ---

const ADDRESS = `http://${HOST}:${PORT}`;
try {
  await once(app.listen(Number(PORT), HOST), "listening");
  console.log(`step ${VERSION} listens on ${ADDRESS}`);
} catch (error) {
  console.error(`Cannot listen on ${ADDRESS} (${error}): set PORT or HOST, or stop what is there.`);
  process.exit(1);
}
