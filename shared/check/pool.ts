import { existsSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { type App, type Start, startApp } from "../testkit/app.ts";
import type { Settings } from "../testkit/settings.ts";

/**
 * The running copies of one app. A copy that a check has used is emptied and given to the next
 * one: a start takes as long as all the requests of a check. Where that is not certain to be as
 * good as new, because the database is damaged or the tables are others than before, or because the
 * course says that its apps keep something in memory, the copy is stopped instead.
 */
export class AppPool {
  readonly #source: string;
  readonly #course: string;
  readonly #settings: Settings;
  readonly #idle: { app: App; schema: string; isUsed: boolean }[] = [];
  #problem: unknown;

  /**
   * @param course absolute path of the folder of the app's course
   * @param settings what that says of its apps
   */
  constructor(source: string, course: string, settings: Settings) {
    this.#source = source;
    this.#course = course;
    this.#settings = settings;
  }

  /**
   * Starts one ahead.
   * @returns how long that took, in ms
   * @throws BrokenServer if the app cannot be checked
   */
  async warmUp(): Promise<number> {
    const start = performance.now();
    const app = await this.#start();
    const duration = performance.now() - start;
    const schema = this.#schemaOf(app);
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
        if (freshOnly || !isPlain) return note(await this.#start(start));
        const idle = this.#idle.pop();
        if (idle !== undefined) {
          lender.isUsed ||= idle.isUsed;
          return note(this.#lent(idle.app, idle.schema));
        }
        const app = await this.#start();
        return note(this.#lent(app, this.#schemaOf(app)));
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
        const mayStay = schema !== undefined && !this.#settings.isStateful;
        if (mayStay && (await app.isUp()) && empty(app, this.#settings.database, schema))
          this.#idle.push({ app, schema, isUsed: true });
        else await this.#stop(app);
      },
    };
  }

  #start(start: Start = {}): Promise<App> {
    return startApp(this.#source, { course: this.#course, ...start });
  }

  #schemaOf(app: App): string | undefined {
    return schemaOf(app, this.#settings.database);
  }

  async #stop(app: App): Promise<void> {
    await app.stop().catch((error) => {
      this.#problem ??= error;
    });
  }
}

const open = (app: App, name: string | undefined): Database.Database | undefined => {
  if (name === undefined) return undefined;
  const file = join(app.folder, "instance", name);
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
const schemaOf = (app: App, name: string | undefined): string | undefined => {
  try {
    const database = open(app, name);
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
const empty = (app: App, name: string | undefined, schema: string): boolean => {
  try {
    const database = open(app, name);
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
