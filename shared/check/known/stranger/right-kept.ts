// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, right } from "../table.ts";
import { chat, limits, lobby, sessions, store } from "./edits.ts";

const COUNT =
  "  for (const [key] of limits) {\n    const times = [...recent(key), now];\n    // At the end of the map: those at its beginning are forgotten first.\n    failures.delete(key);\n    failures.set(key, times);\n  }\n  for (const key of failures.keys()) {\n    if (failures.size <= MOST_ENTRIES) break;\n    failures.delete(key);\n  }\n  return () => {\n    for (const [key] of limits) {\n      const times = failures.get(key) ?? [];\n      const index = times.indexOf(now);\n      if (index >= 0) times.splice(index, 1);\n      if (times.length === 0) failures.delete(key);\n    }\n  };";
const WINDOW =
  "  let times: number[] = [];\n  return (): boolean => {\n    const now = clock();\n    times = times.filter((at) => at > now - ms);\n    if (times.length >= most) return false;\n    times.push(now);\n    return true;\n  };";
const COMPLETE =
  "    const fitting = later.filter((other) => this.#fit(last, other));\n    for (const [index, other] of fitting.entries()) {\n      const found = this.#complete([...group, other], fitting.slice(index + 1), size);\n      if (found) return found;\n    }\n    return undefined;";

/** 11 to 14: what is kept, limits, groups. */
export const rightKept = [
  ...right(
    "a session is destroyed, and then another one made",
    "11 12 14",
    sessions("    req.session.regenerate((error) => {\n", "    req.session.destroy((error) => {\n"),
    sessions(
      "      Object.assign(req.session, { visitorId",
      "      req.sessionStore.generate(req);\n      Object.assign(req.session, { visitorId",
    ),
  ),
  ...right(
    "a store that answers later",
    "11 11b 14",
    store(
      "    return done?.(error);\n",
      "    return void process.nextTick(() => done?.(error));\n",
    ),
    store("  done?.(null, result);\n", "  process.nextTick(() => done?.(null, result));\n"),
  ),
  ...right(
    "statements in other words",
    "11 11b",
    store(
      "SELECT * FROM sessions WHERE sid_hash = ? AND expires_at > ?",
      "SELECT data, expires_at, sid_hash FROM sessions WHERE (sid_hash, 1) = (?, expires_at > ?)",
    ),
    store(
      "      INSERT INTO sessions VALUES (@sid_hash, @data, @expires_at)\n      ON CONFLICT (sid_hash) DO UPDATE SET data = @data, expires_at = @expires_at\n",
      "      INSERT OR REPLACE INTO sessions (expires_at, data, sid_hash)\n      VALUES (@expires_at, @data, @sid_hash)\n",
    ),
    store(
      "Date.now() + (session.cookie.originalMaxAge ?? 0)",
      "new Date(session.cookie.expires ?? 0).getTime()",
    ),
    store('.digest("base64url")', '.digest("hex")'),
  ),
  ...right(
    "the oldest go by their rank, and those who have expired in the same minute by a timer that plans itself",
    "11b",
    store(
      "        SELECT sid_hash FROM sessions ORDER BY expires_at\n        LIMIT max(0, (SELECT count(*) FROM sessions) - 100000)\n",
      "        SELECT sid_hash FROM sessions ORDER BY expires_at DESC LIMIT -1 OFFSET 100000\n",
    ),
    app(
      "clean();\nsetInterval(clean, 1000);\n",
      "const cleanAgain = () => {\n  clean();\n  setTimeout(cleanAgain, 500);\n};\ncleanAgain();\n",
    ),
  ),
  ...right(
    "no write-ahead log that could keep anything",
    "11b",
    app('db.pragma("journal_mode = WAL");', 'db.pragma("journal_mode = DELETE");'),
    store('    this.#db.pragma("wal_checkpoint(TRUNCATE)");\n', ""),
  ),
  ...right(
    "the end is a promise that is made once",
    "11c 14",
    app(
      "let isStopping = false;\n",
      "let stopping: Promise<void> | undefined;\nconst stopOnce = () => {\n  stopping ??= stop();\n};\n",
    ),
    app("  if (isStopping) return;\n  isStopping = true;\n", ""),
    app("process.on(signal, stop)", "process.on(signal, stopOnce)"),
    app("The server stops, and all chats end. Come back in a minute.", "Good night."),
    app("  db.close();\n};", "  db.close();\n  process.exit(0);\n};"),
  ),
  ...right(
    "connections are closed one by one, and accounts compared by a number",
    "12 14",
    chat(
      "  io.in(roomOf(visitorId)).disconnectSockets(true);",
      '  for (const id of [...(io.of("/").adapter.rooms.get(roomOf(visitorId)) ?? [])])\n    io.of("/").sockets.get(id)?.disconnect(true);',
    ),
    chat("rooms.push(roomOf(user.username))", "rooms.push(`account:${user.id}`)"),
    app('res.on("close", () =>', 'res.once("finish", () =>'),
  ),
  ...right(
    "failures in one list",
    "13 14",
    limits(
      "const failures = new Map<string, number[]>();",
      "let failures: { key: string; at: number; guess: symbol }[] = [];",
    ),
    limits(
      "(failures.get(key) ?? []).filter((at) => at > now - GUESSES_MS);",
      "failures.filter((it) => it.key === key && it.at > now - GUESSES_MS).map(({ at }) => at);",
    ),
    limits(
      COUNT,
      '  const guess = Symbol("guess");\n  failures = failures.filter(({ at }) => at > now - GUESSES_MS).slice(-MOST_ENTRIES);\n  for (const [key] of limits) failures.push({ key, at: now, guess });\n  return () => {\n    failures = failures.filter((it) => it.guess !== guess);\n  };',
    ),
    limits("try again in ${seconds} seconds`", "come back in ${Math.ceil(seconds / 60)} minutes`"),
  ),
  ...right(
    "a form is let in by a list of sites",
    "13b 13c 14",
    limits(
      '  if (site) return site !== "same-origin" && site !== "none";\n',
      '  if (site !== undefined && site !== "") return !new Set(["none", "same-origin"]).has(String(site));\n',
    ),
    limits(
      'origin.split("//")[1] !== host',
      "!(URL.canParse(origin) && new URL(origin).host === host)",
    ),
  ),
  ...right(
    "each form looks for itself",
    "13b",
    app(
      'app.use((req, _res, next) => {\n  const isHarmless = req.method === "GET" || req.method === "HEAD";\n  if (!isHarmless && isForeign(req.headers)) throw createError(403, "This form is of another site");\n  next();\n});\n',
      'app.post(["/login", "/logout", "/register"], (req, res, next) => {\n  if (!isForeign(req.headers)) return next();\n  useSession(req, res, () => next(createError.Forbidden("Not from here")));\n});\n',
    ),
  ),
  ...right(
    "a ring of times",
    "13c 14",
    limits(
      WINDOW,
      "  const times = new Float64Array(most).fill(Number.NEGATIVE_INFINITY);\n  let next = 0;\n  return (): boolean => {\n    const now = clock();\n    if (now - (times[next] ?? 0) < ms) return false;\n    times[next] = now;\n    next = (next + 1) % most;\n    return true;\n  };",
    ),
  ),
  ...right(
    "a place comes back by a timer",
    "13c",
    limits(
      WINDOW,
      "  let used = 0;\n  return (): boolean => {\n    if (used >= most || clock() < 0) return false;\n    used += 1;\n    setTimeout(() => {\n      used -= 1;\n    }, ms).unref();\n    return true;\n  };",
    ),
  ),
  ...right(
    "groups are looked for in a loop",
    "14",
    lobby(
      COMPLETE,
      "    const fit = (one: Member, others: Member[]) => others.filter((it) => this.#fit(it, one));\n    const levels = [{ group, fitting: fit(last, later), at: 0 }];\n    for (let level = levels.at(-1); level; level = levels.at(-1)) {\n      if (level.group.length === size) return level.group;\n      const other = level.fitting[level.at];\n      level.at += 1;\n      if (other) levels.push({ group: [...level.group, other], fitting: fit(other, level.fitting.slice(level.at)), at: 0 });\n      else levels.pop();\n    }\n    return undefined;",
    ),
  ),
  ...right(
    "the size is looked at by hand, and asked for in another order",
    "14",
    chat(
      'export const Size = z.literal(SIZES, `must be one of ${SIZES.join(", ")}`);',
      'export const Size = z\n  .number(`must be one of ${SIZES.join(", ")}`)\n  .refine((it) => SIZES.includes(it), `must be one of ${SIZES.join(", ")}`);',
    ),
    lobby("const rooms = SIZES.flatMap(", "const rooms = SIZES.toReversed().flatMap("),
    lobby(
      "    return [...this.#queue.keys()].filter((member) => this.#queue.get(member)?.size === size);",
      "    const them: Member[] = [];\n    for (const [member, ticket] of this.#queue) if (ticket.size === size) them.push(member);\n    return them;",
    ),
  ),
];
