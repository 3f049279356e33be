// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, right, script } from "../table.ts";
import { errors, passwords, sessions, users, view } from "./edits.ts";

const TURN =
  "  if (running < AT_ONCE) {\n    running += 1;\n  } else {\n    if (waiting.length >= MOST_WAITING) {\n";
const WAIT =
  "    // Whoever ends lets us go on, and so hands their place over.\n    await new Promise<void>((goOn) => waiting.push(goOn));\n  }\n  try {\n    return await work();\n  } finally {\n    const goOn = waiting.shift();\n    if (goOn) goOn();\n    else running -= 1;\n  }\n";
const SELECT_FLASHES =
  "  const { flashes = [] } = session;\n  delete session.flashes;\n  return flashes;";
const REGENERATE =
  "    req.session.regenerate((error) => {\n      if (error) return reject(error);\n";

/** 08b to 10b: accounts, messages, login. */
export const rightAccounts = [
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
];
