// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";
import { passwords, users } from "./edits.ts";

const COUNTED = "[...it].length >= 8 && [...it].length <= 128";
const HASH = "  const salt = randomBytes(16);\n  return toText(";
const IS_TAKEN = '  if (!user) throw createError(409, "username: is taken");\n';

/** 09b and 09d: hashes, and the queue before them. */
export const wrongPasswords = [
  ...faults("09b", [
    [
      "the password itself is kept",
      "by argon2id",
      passwords(
        "return toText(salt, await derive(password, salt, MEMORY, PASSES));",
        "return password;",
      ),
    ],
    [
      "a quick hash",
      "by argon2id",
      passwords("import { argon2, randomBytes }", "import { argon2, createHash, randomBytes }"),
      passwords(
        "await derive(password, salt, MEMORY, PASSES)",
        'createHash("sha256").update(salt).update(password).digest()',
      ),
    ],
    ["another kind of argon2", "by argon2id", passwords('"argon2id", {', '"argon2d", {')],
    [
      "one salt for all",
      "two equal passwords do not look equal",
      passwords(
        `export const hashPassword = async (password: string): Promise<string> => {\n${HASH}`,
        "const salt = randomBytes(16);\nexport const hashPassword = async (password: string): Promise<string> => {\n  return toText(",
      ),
    ],
    [
      "a salt of the password",
      "two equal passwords do not look equal",
      passwords("import { argon2, randomBytes }", "import { argon2, createHash }"),
      passwords("randomBytes(16)", 'createHash("md5").update(password).digest()'),
    ],
    [
      "HASH_MEMORY says nothing",
      "by argon2id, with its parameters",
      passwords("Number(process.env.HASH_MEMORY || 19_456)", "19_456"),
    ],
    [
      "as little memory as in checks",
      "without HASH_MEMORY a hash takes 19 MiB",
      passwords("Number(process.env.HASH_MEMORY || 19_456)", "64"),
    ],
    [
      "less memory is cheaper",
      "without HASH_MEMORY a hash takes 19 MiB",
      passwords("19_456", "1024"),
    ],
    ["one pass", "by argon2id, with its parameters", passwords("PASSES = 2", "PASSES = 1")],
    [
      "a length in halves of characters",
      "as people count them",
      users(COUNTED, "it.length >= 8 && it.length <= 128"),
    ],
    ["seven will do", "8 to 128 characters", users("length >= 8", "length >= 7")],
    ["without an end", "8 to 128 characters", users(" && [...it].length <= 128", "")],
    [
      "spaces are thrown away",
      "any characters will do",
      users("password: field.refine(", "password: field.trim().refine("),
    ],
    [
      "the end is cut off",
      "none is cut off",
      passwords("message: password,", "message: password.slice(0, 72),"),
    ],
    [
      "printed, to look for a fault",
      "not in what the app prints",
      app("  const password_hash =", "  console.log(req.body);\n  const password_hash ="),
    ],
    [
      "the other field is not looked at",
      "not repeated is refused",
      users("=> password === confirmation,", "=> password.length >= 0 || confirmation,"),
    ],
  ]),
  ...faults(
    "09b",
    [
      [
        "first it looks, then it hashes, then it inserts",
        "of several who want one name at the same moment",
        app(
          "  const password_hash =",
          '  if (db.prepare("SELECT 1 FROM users WHERE username = ?").get(username))\n    throw createError(409, "username: is taken");\n  const password_hash =',
        ),
        app(IS_TAKEN, ""),
      ],
    ],
    "09",
  ),
  ...faults("09d", [
    ["all at once", "of 60 who come at once", passwords("AT_ONCE = 2", "AT_ONCE = 1000")],
    [
      "a queue without an end",
      "of 60 who come at once",
      passwords("MOST_WAITING = 20", "MOST_WAITING = Number.MAX_SAFE_INTEGER"),
    ],
    [
      "nobody may wait",
      "of 60 who come at once",
      passwords("MOST_WAITING = 20", "MOST_WAITING = 0"),
    ],
    [
      "hashes that hold up the whole server",
      "of 60 who come at once",
      passwords("import { argon2, randomBytes }", "import { argon2Sync, randomBytes }"),
      passwords(
        'promisify(argon2)("argon2id", {',
        'promisify((done: (error: null, hash: Buffer) => void) => done(null, argon2Sync("argon2id", {',
      ),
      passwords("      tagLength: 32,\n    }),\n", "      tagLength: 32,\n    })))(),\n"),
    ],
    [
      "a place is not handed over",
      "of 60 who come at once",
      passwords(
        "    const goOn = waiting.shift();\n    if (goOn) goOn();\n    else running -= 1;\n",
        "    running -= 1;\n",
      ),
    ],
    [
      "a place is never given back",
      "when the crowd is gone, it is as before",
      passwords("    else running -= 1;\n", ""),
    ],
    [
      "with each one who waited there is a place more",
      "when the crowd is gone, it is as before",
      passwords(
        "    if (goOn) goOn();\n    else running -= 1;\n",
        "    if (goOn) goOn();\n    running -= 1;\n",
      ),
    ],
    [
      "it does not say when to come again",
      "of 60 who come at once",
      passwords('try again in 5 seconds", { headers });', 'try again in 5 seconds");'),
    ],
    [
      "when to come again is not sent",
      "of 60 who come at once",
      app("  res.status(answer.status).set(answer.headers);\n", "  res.status(answer.status);\n"),
    ],
    [
      "who is too many is an error of the server",
      "of 60 who come at once",
      passwords("createError(429,", "createError(500,"),
    ],
    [
      "hashed before it is looked at",
      "a form that is refused takes nobody's place",
      app(
        "  const { username, password } = NewUser.parse({ ...req.body });\n  const password_hash = await hashPassword(password);",
        "  const password_hash = await hashPassword(String(req.body?.password));\n  const { username } = NewUser.parse({ ...req.body });",
      ),
    ],
  ]),
];
