// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";
import { sessions, store } from "./edits.ts";

const CLEAN =
  "  try {\n    store.clean();\n  } catch (error) {\n    // A database that is busy is no reason to end: in a minute it is tried again.\n    console.error(error);\n  }\n";

/** 11 and 11b: sessions on the disk. */
export const wrongStored = [
  ...faults("11", [
    [
      "the table stays empty",
      "after a restart all are who they were",
      app("  store,\n  secret,", "  secret,"),
    ],
    [
      "ids as they are",
      "the id in a cookie stands in no file",
      store('createHash("sha256").update(sid).digest("base64url")', "sid"),
      store('import { createHash } from "node:crypto";\n', ""),
    ],
    [
      "what has expired is let in",
      "a session that has expired is none",
      store("AND expires_at > ?", "AND ? > 0"),
    ],
    [
      "a session of 30 days",
      "expires after seven days",
      store("(session.cookie.originalMaxAge ?? 0)", "30 * 86_400_000"),
    ],
    [
      "what is destroyed stays",
      "who has logged out is not logged in",
      store("      this.#delete.run(hashOf(sid));\n", ""),
    ],
    [
      "written once, and never again",
      "a message that waits is shown after the restart, and once",
      store("DO UPDATE SET data = @data, expires_at = @expires_at", "DO NOTHING"),
    ],
    [
      "no index",
      "with an index on that time",
      store("      CREATE INDEX IF NOT EXISTS sessions_expires_at ON sessions (expires_at);\n", ""),
    ],
    ["a table of any types", "the table sessions", store(") STRICT;", ");")],
    [
      "what goes wrong is nothing",
      "answers 503",
      store("    return done?.(error);\n", "    console.error(error);\n    return done?.(null);\n"),
    ],
    [
      "what goes wrong ends the process",
      "and ends nothing",
      store("    return done?.(error);\n", "    throw error;\n"),
    ],
    [
      "all wait for another program",
      "while another program writes into the database",
      app(", { timeout: 1000 }", ""),
    ],
    [
      "a row for each look",
      "who only looks around makes no row",
      app("saveUninitialized: false", "saveUninitialized: true"),
    ],
  ]),
  ...faults("11b", [
    [
      "what is deleted can be read",
      "nothing of visitors and of what they said",
      store('    db.pragma("secure_delete = ON");\n', ""),
    ],
    [
      "the log is not emptied",
      "nothing of visitors and of what they said",
      store('    this.#db.pragma("wal_checkpoint(TRUNCATE)");\n', ""),
    ],
    [
      "the log is read, and stays",
      "nothing of visitors and of what they said",
      store("wal_checkpoint(TRUNCATE)", "wal_checkpoint(PASSIVE)"),
    ],
    [
      "what has expired stays",
      "nothing of visitors and of what they said",
      store("    this.#deleteExpired.run(Date.now());\n", ""),
    ],
    [
      "cleaned at the start alone",
      "nothing of visitors and of what they said",
      app("setInterval(clean, 1000);\n", ""),
    ],
    [
      "all are thrown out",
      "who came later stays",
      store("DELETE FROM sessions WHERE expires_at <= ?", "DELETE FROM sessions WHERE ? > 0"),
    ],
    [
      "a clock that only goes on",
      "where the clock was before",
      app("Math.abs(Date.now() - cleaned) < 60_000", "Date.now() - cleaned < 60_000"),
    ],
    ["a database that is busy ends the process", "ends nothing", app(CLEAN, "  store.clean();\n")],
    [
      "a database that is busy ends the cleaning",
      "a minute later it is tried again",
      app("setInterval(clean, 1000);", "const timer = setInterval(clean, 1000);"),
      app(
        "    console.error(error);\n  }\n};\nclean();",
        "    clearInterval(timer);\n  }\n};\nclean();",
      ),
    ],
    [
      "where a visitor comes from is kept",
      "no address of a visitor",
      app(
        "  greet(req.session,",
        "  Object.assign(req.session, { address: req.ip });\n  greet(req.session,",
      ),
    ],
    [
      "where a visitor comes from is printed",
      "no address of a visitor",
      app(
        "  res.locals.path = req.path;\n",
        "  res.locals.path = req.path;\n  console.log(req.method, req.path, req.ip);\n",
      ),
    ],
    ["as many as come", "at most 100,000 sessions", store("      this.#deleteOldest.run();\n", "")],
    [
      "the newest go",
      "at most 100,000 sessions",
      store(
        "SELECT sid_hash FROM sessions ORDER BY expires_at\n",
        "SELECT sid_hash FROM sessions ORDER BY expires_at DESC\n",
      ),
    ],
  ]),
  ...faults(
    "11b",
    [
      [
        "names by a counter",
        "200 visitors have 200 names",
        sessions(
          "  do session.anonName = `User${randomInt(100_000, 1_000_000)}`;\n  while (isTaken(session.anonName));\n",
          "  session.anonName = `User${100_000 + ++counted}`;\n",
        ),
        sessions(
          "/** Makes a visitor of whoever is none yet",
          "let counted = 0;\n/** Makes a visitor of whoever is none yet",
        ),
      ],
      [
        "names by chance, whoever has them",
        "a name of chance that is in somebody's session",
        sessions("while (isTaken(session.anonName));", 'while (isTaken(""));'),
      ],
    ],
    "11",
  ),
];
