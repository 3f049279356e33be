import Database from "better-sqlite3";
import createError from "http-errors";
import { z } from "zod";

const toHttpError = (error: Error) => {
  if (error instanceof Database.SqliteError && error.code === "SQLITE_BUSY") {
    return createError(503, "The database is busy: try again", { expose: true });
  }
  if (!(error instanceof z.ZodError)) return createError(error);
  const faults = error.issues.map(({ path, message }) => [...path, message].join(": "));
  return createError(422, faults.join("; "));
};

export const toAnswer = (error: Error) => {
  const { status, expose, message, headers = {} } = toHttpError(error);
  // What was not written for clients stays on our console.
  if (status >= 500) console.error(error);
  return { status, headers, error: expose ? message : "Internal server error" };
};
