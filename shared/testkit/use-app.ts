import { existsSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Page } from "playwright-core";
import type { Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type App, type Start, startApp } from "./app.ts";
import { type Cable, startCable } from "./cable.ts";
import { aliceBobAndCharlie, exampleMessages } from "./examples.ts";
import { lendPage } from "./lend-page.ts";
import { recordPage } from "./page-traffic.ts";
import { patience } from "./patience.ts";
import { request } from "./request.ts";
import { type Connecting, connectSocket, sayWho } from "./socket.ts";
import { target } from "./target.ts";
import { recorder } from "./traffic.ts";

/**
 * Starts the app under test on a fresh database before the first test of the file, and stops it
 * after the last; sockets, pages and database connections are closed after each test.
 *
 * @example
 * const app = useApp();
 * test("GET / answers", async () => {
 *   expect(await app.get("/")).toMatchObject({ status: 200 });
 * });
 */
export const useApp = (start: Start = {}) => {
  let started: App | undefined;
  const cleanups: (() => unknown)[] = [];
  const lastCleanups: (() => unknown)[] = [];
  let pages = 0;

  beforeAll(async () => {
    const { folder, lend = startApp } = target();
    started = await lend(folder, start);
  });
  afterEach(async () => {
    pages = 0;
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  afterAll(async () => {
    for (const cleanup of lastCleanups.splice(0)) await cleanup();
    await started?.stop();
  });

  const running = (): App => {
    if (!started) throw new Error("the app is started before the first test, not before");
    return started;
  };
  const post = (path: string, body?: unknown, headers?: object) =>
    request(running().url + path, { method: "POST", body, ...(headers ? { headers } : {}) });

  const borrow = async (turn: number) => {
    const { openPage = lendPage } = target();
    const lent = await openPage(turn);
    lent.page.setDefaultTimeout(patience);
    return lent;
  };
  const visit = async (page: Page, path: string, base = running().url) => {
    const opening = recorder()({ kind: "page", sent: `a browser opens ${path}` });
    const response = await page.goto(base + path);
    opening.received = response === null ? "the page" : `status ${response.status()}`;
  };

  return {
    running,
    get: (path: string) => request(running().url + path),
    post,

    /** Alice, Bob and Charlie, as users 1, 2 and 3. */
    addUsers: async () => {
      for (const user of aliceBobAndCharlie) await post("/api/users", user);
    },
    /** The seven messages of the example data, as 1 to 7. */
    addMessages: async () => {
      for (const message of exampleMessages) await post("/api/messages", message);
    },

    /** A connection of the test's own to the app's database file. */
    database: (): Database.Database => {
      const file = join(running().folder, "instance", "chat.db");
      recorder()({ kind: "database", sent: "a look into instance/chat.db" });
      if (!existsSync(file))
        throw new Error("the app has made no file instance/chat.db in its folder");
      const database = new Database(file, { fileMustExist: true });
      cleanups.push(() => database.close());
      return database;
    },

    /** A Socket.IO client; with a nickname, it has said who it is and was acknowledged. */
    socket: async (nickname?: string, connecting: Connecting = {}): Promise<Socket> => {
      const socket = await connectSocket(running().url, connecting);
      cleanups.push(() => socket.close());
      if (nickname !== undefined) await sayWho(socket, nickname);
      return socket;
    },

    /** A network cable to the app, which the test can pull. */
    cable: async (): Promise<Cable> => {
      const cable = await startCable(running().port);
      cleanups.push(cable.stop);
      return cable;
    },

    /** Opens a page of the app. It shares neither cookies nor storage with the page that the test opened before. */
    page: async (path: string, base = running().url): Promise<Page> => {
      const { page, giveBack } = await borrow(pages++);
      cleanups.push(giveBack);
      recordPage(page);
      await visit(page, path, base);
      return page;
    },

    /**
     * One page of the app for all tests of the file that do not care what was done on it before:
     * a page costs as much time as twenty requests. The first test that calls it opens it.
     */
    sharedPage: (path: string): (() => Promise<Page>) => {
      let shared: { page: Page; recording: ReturnType<typeof recordPage> } | undefined;
      return async () => {
        if (shared === undefined) {
          const { page, giveBack } = await borrow(0);
          lastCleanups.push(giveBack);
          shared = { page, recording: recordPage(page) };
        }
        shared.recording.goOn();
        const { page } = shared;
        // Also where a form that the browser sent in its own way has led away from it.
        if (page.url() !== running().url + path) await visit(page, path);
        return page;
      };
    },
  };
};
