// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Edit, right } from "../table.ts";

const file = (name: string, from: string, to: string): Edit => [name, from, to];
const byHand = '(input: NewClick): Click => {\n  db.exec("BEGIN IMMEDIATE");\n  try {';
const ended =
  '  db.exec("COMMIT");\n  return click;\n  } catch (error) {\n    if (db.inTransaction) db.exec("ROLLBACK");\n    throw error;\n  }\n};\nconst listClicks';

/** Apps that keep all promises by other means: other statements, a class, another arithmetic. */
export const ownRightApps = [
  ...right(
    "a room for all",
    "01",
    app('socket.on("click"', 'socket.join("all");\n  socket.on("click"'),
    app('io.emit("click", click);', 'io.to("all").emit("click", click);'),
  ),
  ...right(
    "the limit is a number that is written like one",
    "03 18",
    app(
      '.regex(/^[1-9]\\d{0,4}$/, "must be a number from 1 to 10000")',
      '.refine((it) => /^\\d/.test(it) && `${Number.parseInt(it, 10)}` === it && it !== "0", "must be a number from 1 to 10000")',
    ),
  ),
  ...right(
    "a transaction by hand",
    "04 06 07",
    app("db.transaction((input: NewClick): Click => {", byHand),
    app("  return click;\n});\nconst listClicks", ended),
  ),
  ...right(
    "an update first, and an insert where there was nothing",
    "06",
    app(
      "  countHour.run(hourStart(click.timestamp));\n",
      '  const hour = hourStart(click.timestamp);\n  const more = db.prepare("UPDATE hours SET clicks = clicks + 1 WHERE timestamp = ?");\n  if (more.run(hour).changes === 0) countHour.run(hour);\n',
    ),
  ),
  ...right(
    "the figures are summed by a loop, in the same turn",
    "08 13 18",
    file(
      "lib/store.ts",
      "    return sumHours.get({ day: dayStart(time), hour: hourStart(time) }) as Stats;",
      "    const stats = sumHours.get({ day: time + 86_400, hour: time + 3600 }) as Stats;\n    for (const hour of listHours.all(dayStart(time))) {\n      stats.click_count_today += hour.click_count;\n      stats.event_count_today += hour.event_count;\n      if (hour.timestamp !== hourStart(time)) continue;\n      stats.click_count_hour += hour.click_count;\n      stats.event_count_hour += hour.event_count;\n    }\n    return stats;",
    ),
  ),
  ...right(
    "sessions in a class with an object inside",
    "09 10 13",
    file(
      "lib/sessions.ts",
      "const sessions = new Map<string, User>();",
      "class Visitors {\n  #byId: Record<string, User> = Object.create(null);\n  get(id: string) {\n    return this.#byId[id];\n  }\n  set(id: string, user: User) {\n    this.#byId[id] = user;\n  }\n  delete(id: string) {\n    delete this.#byId[id];\n  }\n  values() {\n    return Object.values(this.#byId);\n  }\n}\nconst sessions = new Visitors();",
    ),
  ),
  ...right(
    "other words for an event",
    "11",
    app("`${event.user} sends ${event.name}`", "`From ${event.user} to all: ${event.name}!`"),
  ),
  ...right(
    "one timer after the other",
    "12 16",
    app(
      "setInterval(() => {\n  if (hourStart(now()) === hour) return;\n  hour = hourStart(now());\n  tellStats(io);\n}, 1000);",
      "const look = () => {\n  setTimeout(look, 700);\n  if (hourStart(now()) === hour) return;\n  hour = hourStart(now());\n  tellStats(io);\n};\nlook();",
    ),
  ),
  ...right("milestones by division", "13", [
    "lib/milestones.ts",
    "clicks === 50 || (clicks > 0 && clicks % 100 === 0)",
    "[50].includes(clicks) || (clicks >= 100 && Number.isInteger(clicks / 100))",
  ]),
  ...right("no tokens: the time at which the bucket is full again", "15 18", [
    "lib/bucket.ts",
    "  let tokens = rate;\n  let filled = clock();\n  return (): boolean => {\n    const time = clock();\n    tokens = Math.min(rate, tokens + ((time - filled) / 1000) * rate);\n    filled = time;\n    if (tokens < 1) return false;\n    tokens -= 1;\n    return true;\n  };",
    "  let full = clock();\n  return (): boolean => {\n    const time = clock();\n    const next = Math.max(full, time) + 1000 / rate;\n    if (next - time > 1000.001) return false;\n    full = next;\n    return true;\n  };",
  ]),
  ...right(
    "sockets are cut, then the server is closed",
    "18",
    app(
      "const closed = io.close();",
      "io.disconnectSockets(true);\n  const closed = new Promise((done) => server.close(done));",
    ),
  ),
  ...right(
    "one last word, as the exercise asks for",
    "18",
    app("isStopping = true;\n", 'isStopping = true;\n  say("Back in a moment");\n'),
  ),
];
