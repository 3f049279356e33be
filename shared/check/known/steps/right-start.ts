// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, right } from "../table.ts";

const HELLO = `app.get("/", (_req, res) => {
  res.type("text").send(\`hello, this is a chat app! (version \${VERSION})\`);
});`;

/** 00 to 02: servers and databases that are opened in another way. */
export const rightStart = [
  ...right(
    "node:http instead of express",
    "00 01",
    app('import express from "express";', 'import { createServer } from "node:http";'),
    app("const app = express();\n", ""),
    app(
      HELLO,
      `const app = createServer((req, res) => {
  const found = req.url === "/";
  res.writeHead(found ? 200 : 404, { "Content-Type": "text/plain; charset=utf-8" });
  res.end(found ? \`hello, this is a chat app! (version \${VERSION})\` : "nothing here");
});`,
    ),
  ),
  ...right(
    "other words for a busy port",
    "00 01 01b 01c 02",
    app(
      "console.error(`Cannot listen on ${ADDRESS} (${error}): set PORT or HOST, or stop what is there.`)",
      "console.error(`${(error as Error).message}, PORT is ${PORT}`)",
    ),
  ),
  ...right(
    "the version from the module's address",
    "00 01 01b 01c 03",
    app("basename(import.meta.dirname)", 'import.meta.url.split("/").at(-2)'),
  ),
  ...right(
    "a database that is looked at through a connection of its own",
    "01b 01c",
    app(
      'db.pragma("schema_version");',
      'const other = new Database(FILE, { readonly: true, fileMustExist: true });\nother.prepare("SELECT count(*) FROM sqlite_schema").get();\nother.close();\ndb.pragma("schema_version");',
    ),
  ),
  ...right(
    "the database is closed in good order at the end",
    "01 02b 04",
    app(
      "// --- front ---",
      'process.on("SIGTERM", () => {\n  db.close();\n  process.exit();\n});\n\n// --- front ---',
    ),
  ),
  ...right(
    "garbage is noticed by a question of its own",
    "01 01b 02b",
    app(
      'db.pragma("journal_mode = WAL");',
      'db.prepare("SELECT count(*) FROM sqlite_schema").get();\n  db.pragma("journal_mode = WAL");',
    ),
    app(
      "`Cannot use ${FILE} (${error}): close what else uses it, or move it away.`",
      "`Is chat.db a database? ${(error as Error).message}`",
    ),
  ),
  ...right(
    "a port that is checked before anything else",
    "00 01c 02b",
    app(
      "const app = express();",
      `if (!/^\\d+$/.test(String(PORT)) || Number(PORT) < 1 || Number(PORT) > 65535) {
  console.error(\`PORT=\${PORT}: not a port\`);
  process.exit(1);
}
const app = express();`,
    ),
  ),
  ...right(
    "a server that says nothing when it starts",
    "00 01",
    app("  console.log(`step ${VERSION} listens on ${ADDRESS}`);\n", ""),
  ),
];
