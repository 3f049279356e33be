import { existsSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Page } from "playwright-core";
import type { Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { App, Start } from "./app.ts";
import { type Cable, startCable } from "./cable.ts";
import { lendPage } from "./lend-page.ts";
import { recordPage } from "./page-traffic.ts";
import { patience } from "./patience.ts";
import { request } from "./request.ts";
import type { Serve, Server } from "./server.ts";
import { settingsOf } from "./settings.ts";
import { type Connecting, connectSocket } from "./socket.ts";
import { startOf } from "./start-of.ts";
import { target } from "./target.ts";
import { recorder } from "./traffic.ts";
import { makeVisitor, type Visitor } from "./visitor.ts";
import { openWebSocket, type RawConnecting, type RawSocket } from "./web-socket.ts";

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
    const { folder, course, lend = startOf(course) } = target();
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
  const send = (method: string, path: string, body?: unknown, headers: object = {}) =>
    request(running().url + path, { method, body, headers });
  const settings = () => {
    const { course, step } = target();
    return settingsOf(course, step);
  };
  const socket = async (connecting: Connecting = {}, { url }: Server = running()) => {
    const { socketPath: path } = settings();
    const made = await connectSocket(url, { path, ...connecting });
    cleanups.push(() => made.close());
    return made;
  };
  const webSocket = async (
    path: string,
    connecting: RawConnecting = {},
    { url }: Server = running(),
  ) => {
    const made = await openWebSocket(url + path, connecting);
    cleanups.push(() => made.socket.terminate());
    return made;
  };

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
    get: (path: string, headers: object = {}) => send("GET", path, undefined, headers),
    post: (path: string, body?: unknown, headers: object = {}) => send("POST", path, body, headers),
    /** A request of any method. */
    send,

    /** Somebody who keeps the app's cookies and sends them along, as a browser does. */
    visitor: ({ url }: Pick<Server, "url"> = { url: running().url }): Visitor =>
      makeVisitor({
        url: () => url,
        socket: (connecting) => socket(connecting, { ...running(), url }),
        webSocket: (path, connecting) => webSocket(path, connecting, { ...running(), url }),
      }),

    /** A further server on the same data, started for this test alone. */
    another: async (serve: Serve = {}): Promise<Server> => {
      const server = await running().another(serve);
      cleanups.push(server.stop);
      return server;
    },

    /** A connection of the test's own to the app's database file. */
    database: (): Database.Database => {
      const { database: name } = settings();
      if (name === undefined) throw new Error("course.json names no SQLite file for this step");
      const file = `instance/${name}`;
      const path = join(running().folder, file);
      recorder()({ kind: "database", sent: `a look into ${file}` });
      if (!existsSync(path)) throw new Error(`the app has made no file ${file} in its folder`);
      const database = new Database(path, { fileMustExist: true });
      cleanups.push(() => database.close());
      return database;
    },

    /** A Socket.IO client of the app, or of another server of it. */
    socket: socket as (connecting?: Connecting, server?: Server) => Promise<Socket>,
    /** A plain WebSocket of the app, or of another server of it. */
    webSocket: webSocket as (
      path: string,
      connecting?: RawConnecting,
      server?: Server,
    ) => Promise<RawSocket>,

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
