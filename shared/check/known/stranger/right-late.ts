// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Edit, right, script } from "../table.ts";

const chat = (from: string, to: string): Edit => ["lib/chat.ts", from, to];
const errors = (from: string, to: string): Edit => ["lib/errors.ts", from, to];
const limits = (from: string, to: string): Edit => ["lib/limits.ts", from, to];
const lobby = (from: string, to: string): Edit => ["lib/lobby.ts", from, to];
const passwords = (from: string, to: string): Edit => ["lib/passwords.ts", from, to];
const sessions = (from: string, to: string): Edit => ["lib/sessions.ts", from, to];
const store = (from: string, to: string): Edit => ["lib/store.ts", from, to];
const users = (from: string, to: string): Edit => ["lib/users.ts", from, to];
const view = (name: string, from: string, to: string): Edit => [`views/${name}.ejs`, from, to];

const TURN =
  "  if (running < AT_ONCE) {\n    running += 1;\n  } else {\n    if (waiting.length >= MOST_WAITING) {\n";
const WAIT =
  "    // Whoever ends lets us go on, and so hands their place over.\n    await new Promise<void>((goOn) => waiting.push(goOn));\n  }\n  try {\n    return await work();\n  } finally {\n    const goOn = waiting.shift();\n    if (goOn) goOn();\n    else running -= 1;\n  }\n";
const SELECT_FLASHES =
  "  const { flashes = [] } = session;\n  delete session.flashes;\n  return flashes;";
const REGENERATE =
  "    req.session.regenerate((error) => {\n      if (error) return reject(error);\n";
const COUNT =
  "  for (const [key] of limits) {\n    const times = [...recent(key), now];\n    // At the end of the map: those at its beginning are forgotten first.\n    failures.delete(key);\n    failures.set(key, times);\n  }\n  for (const key of failures.keys()) {\n    if (failures.size <= MOST_ENTRIES) break;\n    failures.delete(key);\n  }\n  return () => {\n    for (const [key] of limits) {\n      const times = failures.get(key) ?? [];\n      const index = times.indexOf(now);\n      if (index >= 0) times.splice(index, 1);\n      if (times.length === 0) failures.delete(key);\n    }\n  };";
const WINDOW =
  "  let times: number[] = [];\n  return (): boolean => {\n    const now = clock();\n    times = times.filter((at) => at > now - ms);\n    if (times.length >= most) return false;\n    times.push(now);\n    return true;\n  };";
const COMPLETE =
  "    const fitting = later.filter((other) => this.#fit(last, other));\n    for (const [index, other] of fitting.entries()) {\n      const found = this.#complete([...group, other], fitting.slice(index + 1), size);\n      if (found) return found;\n    }\n    return undefined;";

/** 08b to 14: apps that the checks have to accept, though they are written differently. */
export const rightLate = [
  ...right(
    "an answer by cases, and faults in lines",
    "08b",
    errors(
      '  if (!(error instanceof z.ZodError)) return createError(error);\n  const faults = error.issues.map(({ path, message }) => [...path, message].join(": "));\n  return createError(422, faults.join("; "));\n',
      '  if (error instanceof z.ZodError) {\n    let text = "";\n    for (const issue of error.issues) text += `${issue.path.concat(issue.message).join(": ")}\\n`;\n    return new createError.UnprocessableEntity(text.trimEnd());\n  }\n  return createError(error);\n',
    ),
    errors("expose ? message :", "expose && status < 500 ? message :"),
  ),
  ...right(
    "faults in lines",
    "09 10b 14",
    errors('faults.join("; ")', 'faults.join("\\n")'),
    errors('[...path, message].join(": ")', '`${path.join(".")}: ${message}`'),
  ),
  ...right(
    "the database says that a name is taken",
    "09 09d 10b 14",
    users("ON CONFLICT (username) DO NOTHING RETURNING", "RETURNING"),
    app("  const [user] = insertUser.all(", "  const [user] = tryInsert("),
    app(
      "\n// The longest names and passwords fit",
      '\nconst tryInsert = (row: Parameters<typeof insertUser.all>[0]) => {\n  try {\n    return insertUser.all(row);\n  } catch (error) {\n    const { code } = error as { code?: string };\n    if (code !== "SQLITE_CONSTRAINT_UNIQUE") throw error;\n    throw createError(409, "username: somebody has it, it is taken");\n  }\n};\n\n// The longest names and passwords fit',
    ),
  ),
  ...right(
    "looked up and inserted in one transaction",
    "09",
    users("ON CONFLICT (username) DO NOTHING RETURNING", "RETURNING"),
    app(
      "  const [user] = insertUser.all({ username, created_at });\n",
      '  const isThere = db.prepare("SELECT 1 FROM users WHERE username = ?");\n  const insert = db.transaction(() => (isThere.get(username) ? [] : insertUser.all({ username, created_at })));\n  const [user] = insert.immediate();\n',
    ),
  ),
  ...right(
    "names are unique by an index, and forms may nest",
    "09 11 14",
    users("UNIQUE COLLATE NOCASE", "COLLATE NOCASE"),
    users(
      "    ) STRICT\n  `);",
      "    ) STRICT;\n    CREATE UNIQUE INDEX IF NOT EXISTS users_username ON users (username);\n  `);",
    ),
    app("{ extended: false, limit:", "{ extended: true, limit:"),
  ),
  ...right(
    "argon2 with a callback, and a text that is put together",
    "09b",
    passwords('import { promisify } from "node:util";\n', ""),
    passwords(
      '  promisify(argon2)("argon2id", {\n    message: password,\n    nonce: salt,\n    memory,\n    passes,\n    parallelism: 1,\n    tagLength: 32,\n  });',
      '  new Promise<Buffer>((resolve, reject) => {\n    const how = { message: Buffer.from(password), nonce: salt, memory, passes, parallelism: 1, tagLength: 32 };\n    argon2("argon2id", how, (error, hash) => (error ? reject(error) : resolve(hash)));\n  });',
    ),
    passwords(
      '`argon2id$${MEMORY}$${PASSES}$${salt.toString("base64")}$${hash.toString("base64")}`',
      '["argon2id", MEMORY, PASSES, ...[salt, hash].map((it) => it.toString("base64"))].join("$")',
    ),
  ),
  ...right(
    "characters by Array.from, and the two passwords compared afterwards",
    "09b",
    users(
      "[...it].length >= 8 && [...it].length <= 128",
      "{\n        const { length } = Array.from(it);\n        return !(length < 8 || length > 128);\n      }",
    ),
    users(
      '  .refine(({ password, confirmation }) => password === confirmation, {\n    path: ["confirmation"],\n    error: "is not the same as the password",\n  });',
      '  .superRefine(({ password, confirmation }, { addIssue }) => {\n    if (password !== confirmation)\n      addIssue({ code: "custom", path: ["confirmation"], message: "must be the password again" });\n  });',
    ),
  ),
  ...right(
    "a name is made one by a preprocessor, and reserved by two questions",
    "09c 12",
    users(
      '      .transform(toName)\n      .pipe(z.string().regex(/^[a-z0-9_]{3,20}$/, "must be 3 to 20 of a to z, 0 to 9, _"))\n      .refine((it) => !/^user\\d+$/.test(it), ',
      '      .transform((text) => text.toUpperCase().normalize("NFKC").toLowerCase().trim())\n      .pipe(z.string().regex(/^\\w{3,20}$/, "is too long, too short, or has other characters"))\n      .refine((it) => !it.startsWith("user") || it === "user" || /\\D/.test(it.slice(4)), ',
    ),
  ),
  ...right(
    "two lanes, and a count of all who are there",
    "09d 10b",
    passwords(
      "let running = 0;\nconst waiting: (() => void)[] = [];\n",
      "const lanes = Array.from({ length: AT_ONCE }, () => ({ last: Promise.resolve() as Promise<unknown>, length: 0 }));\n",
    ),
    passwords(
      TURN,
      "  {\n    const all = lanes.reduce((sum, { length }) => sum + length, 0);\n    if (all >= AT_ONCE + MOST_WAITING) {\n",
    ),
    passwords(
      WAIT,
      '  }\n  const [lane] = lanes.toSorted((one, two) => one.length - two.length);\n  if (!lane) throw new Error("no lane");\n  lane.length += 1;\n  const done = lane.last.then(work).finally(() => {\n    lane.length -= 1;\n  });\n  lane.last = done.catch(() => {});\n  return done;\n',
    ),
  ),
  ...right(
    "who waits asks again when somebody is done",
    "09d 13",
    passwords(
      WAIT,
      "    while (running >= AT_ONCE) await new Promise<void>((goOn) => waiting.push(goOn));\n    running += 1;\n  }\n  return work().finally(() => {\n    running -= 1;\n    waiting.shift()?.();\n  });\n",
    ),
    passwords('"Retry-After": "5"', '"Retry-After": "10"'),
    passwords("Too many are at the door: try again in 5 seconds", "Busy. Come back in 10 seconds"),
  ),
  ...right(
    "the list is emptied, not thrown away",
    "10 11 13",
    sessions(
      "  session.flashes = [...(session.flashes ?? []), sentence];",
      "  session.flashes ??= [];\n  session.flashes.push(sentence);",
    ),
    sessions(SELECT_FLASHES, "  return session.flashes?.splice(0) ?? [];"),
  ),
  ...right(
    "messages in other elements",
    "10",
    view(
      "top",
      '        <p class="flash" role="status">\n          <%= flash %> <button type="button" aria-label="Close" onclick="this.parentElement.remove()">×</button>\n        </p>',
      '        <div class="note"><button type="button" onclick="this.closest(\'.note\').remove()">×</button> <em><%= flash %></em></div>',
    ),
  ),
  ...right(
    "a session is destroyed, and another one made",
    "10b",
    sessions(
      REGENERATE,
      "    req.session.destroy((error) => {\n      if (error) return reject(error);\n      req.sessionStore.generate(req);\n",
    ),
  ),
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
    "other words on the pages",
    "10b 14",
    view("login", "<h2>You have an account?</h2>", "<h2>Come in</h2>"),
    view("login", "<h2>New here?</h2>", "<h2>Make an account</h2>"),
    view(
      "login",
      "For a chat you need no account. With one, your name stays yours.",
      "Keep your name: make an account. You need none to talk.",
    ),
    view("login", "8 to 128 characters", "The longer, the better"),
    view("index", "<h2>House rules</h2>", "<h2>Please</h2>"),
    view("chat", "The chat needs JavaScript.", "Without JavaScript there is no chat."),
    script("Waiting for somebody. Ahead of you: ${ahead}", "${ahead} before you: please wait"),
    app('"username: is taken"', '"username: this one is taken already"'),
  ),
  ...right(
    "an unknown name has a hash that was really made",
    "10b 13",
    passwords(
      "const UNKNOWN = toText(randomBytes(16), randomBytes(32));",
      'const unknown = randomBytes(16);\nconst UNKNOWN = toText(unknown, await derive("nobody", unknown, MEMORY, PASSES));',
    ),
    passwords(
      '  // Compared to the end, also where the first byte differs: time must not tell.\n  return timingSafeEqual(derived, Buffer.from(hash, "base64"));',
      '  let differs = stored === UNKNOWN ? 1 : 0;\n  const kept = Buffer.from(hash, "base64");\n  for (const [at, byte] of derived.entries()) differs |= byte ^ (kept[at] ?? 256);\n  return kept.length === derived.length && timingSafeEqual(kept, derived) && differs === 0;',
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
