import type { Verbs } from "../verb.ts";

/**
 * The verbs in the order of the overview. A new verb is a file here and a line there; it is
 * loaded only when it is called. Names with an underscore are for scripts, and not listed.
 */
export const verbs: Verbs = {
  start: () => import("./start.ts"),
  adopt: () => import("./adopt.ts"),
  next: () => import("./next.ts"),
  previous: () => import("./previous.ts"),
  current: () => import("./current.ts"),
  list: () => import("./list.ts"),
  diff: () => import("./diff.ts"),
  try: () => import("./try.ts"),
  check: () => import("./check.ts"),
  hint: () => import("./hint.ts"),
  compare: () => import("./compare.ts"),
  solve: () => import("./solve.ts"),
  save: () => import("./save.ts"),
  restore: () => import("./restore.ts"),
  progress: () => import("./progress.ts"),
  fill: () => import("./fill.ts"),
  reset: () => import("./reset.ts"),
  "update-links": () => import("./update-links.ts"),
  course: () => import("./course.ts"),
  insert: () => import("./insert.ts"),
  prep: () => import("./prep.ts"),
  remove: () => import("./remove.ts"),
  rename: () => import("./rename.ts"),
  lint: () => import("./lint.ts"),
  stats: () => import("./stats.ts"),
  history: () => import("./history.ts"),
  import: () => import("./import.ts"),
  upgrade: () => import("./upgrade.ts"),
  summary: () => import("./summary.ts"),
  carry: () => import("./carry.ts"),
  completion: () => import("./completion.ts"),
  __complete: () => import("./complete.ts"),
  env: () => import("./env.ts"),
  help: () => import("./help.ts"),
};
