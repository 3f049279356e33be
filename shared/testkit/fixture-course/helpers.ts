/** What the checks of this course share. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { useApp } from "#testkit";

type AppUnderTest = ReturnType<typeof useApp>;

/** What course.json says. */
export const aboutThisCourse = (): { env: Record<string, string> } =>
  JSON.parse(readFileSync(join(import.meta.dirname, "course.json"), "utf8"));

/** A word that no app can know before. */
export const someWord = (): string => randomBytes(4).toString("hex");

/** Begins a session of somebody nobody knows yet. */
export const someGuest = async (app: AppUnderTest): Promise<{ name: string; token: string }> =>
  (await app.post("/sessions", { name: `Dora ${someWord()}` })).json;

/** Writes a note as the guest of this token. */
export const writeNote = (app: AppUnderTest, text: unknown, token?: string) =>
  app.post("/notes", { text }, token === undefined ? {} : { authorization: `Bearer ${token}` });
