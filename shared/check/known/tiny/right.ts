import { app, right } from "../table.ts";

/** Apps that the checks of the fixture course have to accept, though they are written differently. */
export const rightApps = [
  ...right(
    "the setting is looked at later",
    "00",
    app("if (!GREETING) {", "if (GREETING === undefined || GREETING.trim() === '') {"),
  ),
  ...right("the log of the database is none", "01", app('db.pragma("journal_mode = WAL");', "")),
  ...right(
    "tokens that a module of Node makes",
    "02 03",
    [
      "lib/sessions.ts",
      'import { nanoid } from "nanoid";',
      'import { randomUUID } from "node:crypto";',
    ],
    ["lib/sessions.ts", "nanoid()", "randomUUID()"],
  ),
];
