import type Database from "better-sqlite3";

export type Note = { id: number; author: string; text: string };

export const openNotes = (db: Database.Database) => {
  db.exec(`
    CREATE TABLE IF NOT EXISTS notes (
      id INTEGER PRIMARY KEY,
      author TEXT NOT NULL,
      text TEXT NOT NULL
    ) STRICT
  `);
  const insertNote = db.prepare<Omit<Note, "id">, Note>(
    "INSERT INTO notes (author, text) VALUES (@author, @text) RETURNING *",
  );
  const listNotes = db.prepare<[], Note>("SELECT * FROM notes ORDER BY id");
  return { insertNote, listNotes };
};
