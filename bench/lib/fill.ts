import Database from "better-sqlite3";

/** How much an app's database is to hold. */
export type Size = {
  users: number;
  messages: number;
  /** How many of the messages are from or to user 1; evenly among the others. */
  ofOne: number;
};

/** In between, what waits in the write-ahead log is written to the database. */
const BATCH = 100_000;

/** Fills the database of an app that has made its tables: users 1, 2, 3 …, nicknames u1, u2, u3 …. */
export const fillDatabase = (file: string, { users, messages, ofOne }: Size): void => {
  const db = new Database(file);
  const insertUser = db.prepare("INSERT INTO users (name, email, nickname) VALUES (?, ?, ?)");
  const insertMessage = db.prepare(
    "INSERT INTO messages (author_id, recipient_id, content) VALUES (?, ?, ?)",
  );
  db.transaction(() => {
    for (let id = 1; id <= users; id++) {
      insertUser.run(`User number ${id}`, `u${id}@example.com`, `u${id}`);
    }
  })();
  const every = Math.max(1, Math.floor(messages / ofOne));
  // All but user 1, in turns.
  const other = (index: number): number => 2 + (index % (users - 1));
  const insertSome = db.transaction((first: number, end: number) => {
    for (let index = first; index < end; index++) {
      const isOfOne = index % every === 0 && index / every < ofOne;
      const isFromOne = isOfOne && (index / every) % 2 === 0;
      const author = isFromOne ? 1 : other(index);
      const recipient = isOfOne && !isFromOne ? 1 : other(index + 1);
      insertMessage.run(author, recipient, `message number ${index}, as long as many are`);
    }
  });
  for (let first = 0; first < messages; first += BATCH) {
    insertSome(first, Math.min(messages, first + BATCH));
  }
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
};
