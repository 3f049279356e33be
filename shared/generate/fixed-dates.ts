import { DatabaseSync } from "node:sqlite";

/** When the last message was sent; each one before it, two minutes earlier. */
export const LAST = new Date("2026-03-05T14:32:00.000Z");
const BETWEEN = 2 * 60_000;

/**
 * Gives the messages of a running step dates that are the same each time, also the next one that
 * is sent: the default of its table is no longer now, but `LAST`.
 * @param file the database, which the step has open
 * @throws if the table's default does not ask SQLite for the time
 */
export function fixDates(file: string): void {
  // Without `defensive`, SQLite lets the text of a table's definition be changed.
  const database = new DatabaseSync(file, { timeout: 5000, defensive: false });
  try {
    const ids = database.prepare("SELECT id FROM messages ORDER BY id DESC").all();
    const date = database.prepare("UPDATE messages SET date = ? WHERE id = ?");
    for (const [index, { id = null }] of ids.entries())
      date.run(new Date(LAST.getTime() - (index + 1) * BETWEEN).toISOString(), id);
    database.exec("PRAGMA writable_schema = ON");
    const { changes } = database
      .prepare(
        `UPDATE sqlite_schema SET sql = replace(sql, '''now''', ?)
         WHERE name = 'messages' AND sql LIKE '%''now''%'`,
      )
      .run(`'${LAST.toISOString()}'`);
    if (changes !== 1) throw new Error("the table messages does not ask SQLite for 'now'");
    // A new version tells the step that the definition is another one.
    const version = Number(database.prepare("PRAGMA schema_version").get()?.schema_version);
    database.exec(`PRAGMA schema_version = ${version + 1}`);
  } finally {
    database.close();
  }
}
