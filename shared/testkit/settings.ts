import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ABOUT, aboutCourse, since } from "../course/about.ts";

/** What of a course's course.json concerns its running apps. */
export type Settings = {
  /** What its apps find in their environment. */
  env: Readonly<Record<string, string>>;
  /** Where they listen for sockets. */
  socketPath: string;
  /** The SQLite file in their data folder; undefined where a step has none. */
  database: string | undefined;
  /** Whether they keep in memory what a check may not find there. */
  isStateful: boolean;
};

/** Of an app that belongs to no course: nothing is known of it. */
const OF_NONE: Settings = {
  env: {},
  socketPath: "/socket.io",
  database: undefined,
  isStateful: false,
};

/**
 * What a course says of its running apps.
 * @param course absolute path of its folder
 * @param step what holds at this step; of what begins at a step, the last if left out
 * @throws CourseError naming file, key and cure, where course.json cannot be read
 */
export const settingsOf = (course: string | undefined, step = "99z"): Settings => {
  if (course === undefined || !existsSync(join(course, ABOUT))) return OF_NONE;
  const about = aboutCourse(dirname(course), basename(course));
  const store = since(about.database, { id: step });
  return {
    env: about.env,
    socketPath: about.socketPath,
    database: store !== undefined && "sqlite" in store ? store.sqlite : undefined,
    isStateful: about.stateful,
  };
};
