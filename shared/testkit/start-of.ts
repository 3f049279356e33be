import { type App, type Start, startApp as start } from "./app.ts";
import { target } from "./target.ts";

/** Starts apps of a course: with its packages, and in its environment. */
export const startOf =
  (course: string | undefined) =>
  (source: string, how: Start = {}): Promise<App> =>
    start(source, course === undefined ? how : { course, ...how });

/** Starts an app; within a check, one of the course that is checked. */
export const startApp = (source: string, how: Start = {}): Promise<App> =>
  // Outside of a check there is no target.
  startOf((target() as { course: string } | undefined)?.course)(source, how);
