import { existsSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { type App, type Start, startApp } from "../testkit/app.ts";

/**
 * The running copies of one app. A copy that a check has used is emptied and given to the next
 * one: a start takes as long as all the requests of a check. Where that is not certain to be as
 * good as new, because the database is damaged or the tables are others than before, the copy is
 * stopped instead.
 */
export class AppPool {
  readonly #source: string;
  readonly #idle: { app: App; schema: string; isUsed: boolean }[] = [];
  #problem: unknown;

  constructor(source: string) {
    this.#source = source;
  }

  /**
   * Starts one ahead.
   * @returns how long that took, in ms
   * @throws BrokenServer if the app cannot be checked
   */
  async warmUp(): Promise<number> {
    const start = performance.now();
    const app = await startApp(this.#source);
    const duration = performance.now() - start;
    const schema = schemaOf(app);
    this.#idle.push({ app, schema: schema ?? "?", isUsed: false });
    return duration;
  }

  /**
   * A way to get an app; `isUsed` tells afterwards whether somebody had it before, `said` what
   * all that were lent have printed, `areUp` whether they all still run.
   */
  lender(freshOnly = false) {
    const lent: App[] = [];
    const note = (app: App): App => {
      lent.push(app);
      return app;
    };
    const lender = {
      isUsed: false,
      said: () => lent.map((app) => app.log()).join(""),
      areUp: async () => (await Promise.all(lent.map((app) => app.isUp()))).every(Boolean),
      lend: async (_source: string, start: Start = {}): Promise<App> => {
        const isPlain = Object.keys(start).length === 0;
        if (freshOnly || !isPlain) return note(await startApp(this.#source, start));
        const idle = this.#idle.pop();
        if (idle !== undefined) {
          lender.isUsed ||= idle.isUsed;
          return note(this.#lent(idle.app, idle.schema));
        }
        const app = await startApp(this.#source);
        return note(this.#lent(app, schemaOf(app)));
      },
    };
    return lender;
  }

  /** Stops all. @throws what went wrong while one was stopped */
  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map(({ app }) => this.#stop(app)));
    if (this.#problem !== undefined) throw this.#problem;
  }

  #lent(app: App, schema: string | undefined): App {
    const before = app.log().length;
    const log = () => app.log().slice(before);
    return {
      ...app,
      log,
      printed: (text, from = 0) => app.printed(text, before + from),
      stop: async () => {
        if (schema !== undefined && (await app.isUp()) && empty(app, schema))
          this.#idle.push({ app, schema, isUsed: true });
        else await this.#stop(app);
      },
    };
  }

  async #stop(app: App): Promise<void> {
    await app.stop().catch((error) => {
      this.#problem ??= error;
    });
  }
}

const open = (app: App): Database.Database | undefined => {
  const file = join(app.folder, "instance", "chat.db");
  return existsSync(file) ? new Database(file, { fileMustExist: true, timeout: 1000 }) : undefined;
};

const tables = (database: Database.Database): string[] =>
  database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .pluck()
    .all() as string[];

const schemaText = (database: Database.Database): string =>
  database.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").raw().all().join("\n");

/** The tables of an app that just started; undefined if they hold rows already, which cannot be made again. */
const schemaOf = (app: App): string | undefined => {
  try {
    const database = open(app);
    if (database === undefined) return "";
    try {
      const hasRow = (table: string) =>
        database.prepare(`SELECT EXISTS (SELECT 1 FROM "${table}")`).pluck().get() === 1;
      return tables(database).some(hasRow) ? undefined : schemaText(database);
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
};

/** Empties an app's database; returns whether it is as it was after the start. */
const empty = (app: App, schema: string): boolean => {
  try {
    const database = open(app);
    if (database === undefined) return schema === "";
    try {
      if (schemaText(database) !== schema) return false;
      database.pragma("foreign_keys = OFF");
      database.transaction(() => {
        for (const table of tables(database)) database.exec(`DELETE FROM "${table}"`);
        // Ids that are never given twice would go on from where they were.
        if (schema.includes("sqlite_sequence")) database.exec("DELETE FROM sqlite_sequence");
      })();
      return true;
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
};
