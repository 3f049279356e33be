import { copyApp, removeCopy } from "./copy-app.ts";
import { type Serve, type Server, startServer } from "./server.ts";
import { settingsOf } from "./settings.ts";
import { recorder } from "./traffic.ts";

/** A running copy of a step, with a database of its own. */
export type App = Server & {
  /**
   * Starts a further server in the same copy: the same files, the same data, another port. It ends
   * with the app, if not before.
   */
  another: (serve?: Serve) => Promise<Server>;
};

/** How to start an app. */
export type Start = Serve & {
  /** Called with the copy's folder before the app starts there. */
  prepare?: (folder: string) => void;
  /** Absolute path of the folder of its course, whose packages and environment it gets. */
  course?: string;
};

/**
 * Copies a step to a temporary folder, without its data, and starts it there.
 * @throws BrokenServer when it ends, or does not listen in time, with what it printed.
 */
export const startApp = async (source: string, start: Start = {}): Promise<App> => {
  const { prepare, course, ...given } = start;
  const { folder, top } = copyApp(source, { prepare, course });
  const { env: ofCourse } = settingsOf(course);
  const others: Server[] = [];
  const serve = ({ env, ...more }: Serve) =>
    startServer(folder, source, { ...more, env: { ...ofCourse, ...env } });
  let first: Server;
  try {
    first = await serve(given);
  } catch (error) {
    removeCopy(top);
    throw error;
  }
  return {
    ...first,
    another: async (more = {}) => {
      recorder()({ kind: "process", sent: "a further server is started beside the app" });
      const { port: _, ...same } = given;
      const other = await serve({ ...same, ...more, env: { ...given.env, ...more.env } });
      others.push(other);
      return other;
    },
    stop: async () => {
      const ended = await Promise.allSettled([first, ...others].map((server) => server.stop()));
      removeCopy(top);
      for (const result of ended) if (result.status === "rejected") throw result.reason;
    },
  };
};
