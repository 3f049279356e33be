// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, messages, script } from "../table.ts";

const ASKED = 'if (typeof acknowledge !== "function") return;';
const READ = 'typeof nickname === "string" && selectUserByNickname.get(nickname)';
const UNKNOWN = 'if (!user) throw createError(404, "No user has this nickname");';
const KNOWN = "acknowledge({});";
const FAILED = "acknowledge({ error: toAnswer(error as Error).error });";
const CONNECTED = 'io.on("connection", (socket) => {';
const EXACTLY = "a nickname is compared exactly";
const found = (condition: string) => app("WHERE nickname = ?", `WHERE ${condition}`);
const changed = (expression: string) =>
  app(READ, `typeof nickname === "string" && selectUserByNickname.get(${expression})`);
const looked = (condition: string) =>
  app(READ, `typeof nickname === "string" && listUsers.all().find((it) => ${condition})`);

/** 17: sockets say who they are. */
export const wrongNicknames = faults("17", [
  [
    "the page tells the id",
    "the page's socket says who it is",
    script("document.body.dataset.nickname", "document.body.dataset.userId"),
  ],
  [
    "the page tells the name",
    "the page's socket says who it is",
    messages('data-nickname="<%= user.nickname %>"', 'data-nickname="<%= user.name %>"'),
  ],
  [
    "the page leaves room for HTML",
    "full of HTML arrives as it is",
    messages("<%= user.nickname", "<%- user.nickname"),
  ],
  [
    "an attribute without quotes",
    "full of HTML arrives as it is",
    messages('data-nickname="<%= user.nickname %>"', "data-nickname=<%= user.nickname %>"),
  ],
  [
    "the page changes a nickname",
    "full of HTML arrives as it is",
    messages("<%= user.nickname", "<%= user.nickname.toLowerCase()"),
  ],
  [
    "the script changes a nickname",
    "full of HTML arrives as it is",
    script(
      "document.body.dataset.nickname",
      'document.body.dataset.nickname?.replace(/\\s+/g, " ")',
    ),
  ],
  [
    "the log does not say who",
    "logs the nickname",
    app("connect-ack from ${user.nickname}", "connect-ack from ${socket.id}"),
  ],
  ["everybody is known", "acknowledged with an error", app(UNKNOWN, `if (!user) return ${KNOWN}`)],
  [
    "nobody is known",
    "a known nickname is acknowledged without",
    app(KNOWN, 'acknowledge({ error: "who?" });'),
  ],
  [
    "three users are known by heart",
    "full of HTML",
    app(READ, `["alice", "bob", "charlie"].includes(nickname) && ${READ}`),
  ],
  [
    "users who came after the start are unknown",
    "the page's socket says who it is",
    app(CONNECTED, `const all = listUsers.all();\n${CONNECTED}`),
    app(READ, "all.find((it) => it.nickname === nickname)"),
  ],
  ["no acknowledgement", "does not acknowledge", app(KNOWN, "")],
  ["strangers get no acknowledgement", "does not acknowledge", app(FAILED, "")],
  ["it is heard only once", EXACTLY, app('socket.on("connect-ack"', 'socket.once("connect-ack"')],
  [
    "SQL glued from a nickname",
    "full of HTML",
    app(READ, "db.prepare<[], User>(`SELECT * FROM users WHERE nickname = '${nickname}'`).get()"),
  ],
  ["a list is a nickname", '["alice"]', app(READ, "selectUserByNickname.get(String(nickname))")],
  ["a list of what is bound", '["alice"]', app(READ, "selectUserByNickname.get(nickname)")],
  [
    "a number is a nickname",
    "what is no text is no nickname",
    app(
      READ,
      '["string", "number"].includes(typeof nickname) && selectUserByNickname.get(String(nickname))',
    ),
  ],
  [
    "nothing is a nickname",
    "what is no text is no nickname",
    app(READ, "!Array.isArray(nickname) && selectUserByNickname.get(`${nickname}`)"),
  ],
  ["LIKE", EXACTLY, found("nickname LIKE ?")],
  [
    "LIKE with case",
    "as a pattern of LIKE: %",
    found("nickname LIKE ?"),
    app(CONNECTED, `db.pragma("case_sensitive_like = ON");\n${CONNECTED}`),
  ],
  ["GLOB", "as a pattern of GLOB", found("nickname GLOB ?")],
  ["without case, by a collation", EXACTLY, found("nickname = ? COLLATE NOCASE")],
  ["without case, by lower()", EXACTLY, found("lower(nickname) = lower(?)")],
  [
    "without case, in all alphabets",
    EXACTLY,
    looked("it.nickname.toLowerCase() === nickname.toLowerCase()"),
  ],
  ["in small letters", "full of HTML arrives as it is", changed("nickname.toLowerCase()")],
  ["without spaces around, by SQLite", "with a space before it", found("nickname = trim(?)")],
  ["without spaces after it", "with a space after it", found("nickname = ? COLLATE RTRIM")],
  ["without spaces around", "with a space before it", changed("nickname.trim()")],
  ["without a line's end", "with a line break after it", changed('nickname.replace(/\\n$/, "")')],
  [
    "without control characters",
    "with a line break after it",
    changed('nickname.replace(/\\p{Cc}/gu, "")'),
  ],
  ["until a NUL", "with a NUL after it", changed('String(nickname.split("\\0")[0])')],
  ["cut at the longest allowed", EXACTLY, changed("nickname.slice(0, 50)")],
  ["a prefix", "with a letter less", looked('nickname !== "" && it.nickname.startsWith(nickname)')],
  ["a part", '"" as nickname', found("instr(nickname, ?)")],
  [
    "as people compare",
    "with its accents as characters",
    looked("it.nickname.localeCompare(nickname) === 0"),
  ],
  ["composed", "with its accents as characters", changed('nickname.normalize("NFC")')],
  [
    "normalised to what looks alike",
    "in letters of full width",
    looked('!/\\p{M}/u.test(nickname) && it.nickname === nickname.normalize("NFKC")'),
  ],
  [
    "without accents",
    "without its accents",
    looked(
      '[it.nickname, it.nickname.normalize("NFD").replace(/\\p{M}/gu, "")].includes(nickname)',
    ),
  ],
  [
    "decoded as a URL",
    "as in a URL",
    looked("it.nickname === nickname || encodeURIComponent(it.nickname) === nickname"),
  ],
  [
    "decoded as JSON",
    "in quotes",
    looked("it.nickname === nickname || JSON.stringify(it.nickname) === nickname"),
  ],
  [
    "an odd nickname ends the server",
    "as nickname is acknowledged",
    app(ASKED, `${ASKED}\nvoid nickname.trim();`),
  ],
  [
    "an acknowledgement that nobody asked for ends the server",
    "values of any type",
    app(ASKED, ""),
  ],
  [
    "an acknowledgement that is no function ends the server",
    "values of any type",
    app(ASKED, "if (!acknowledge) return;"),
  ],
  [
    "a database that fails ends the server",
    "a database that fails",
    app(FAILED, `if (toAnswer(error as Error).status >= 500) throw error;\n${FAILED}`),
  ],
  [
    "a database that fails is not acknowledged",
    "a database that fails",
    app(FAILED, `if (toAnswer(error as Error).status >= 500) return;\n${FAILED}`),
  ],
  [
    "a database that fails knows everybody",
    "a database that fails",
    app(FAILED, `if (toAnswer(error as Error).status >= 500) return ${KNOWN}\n${FAILED}`),
  ],
  [
    "the error of SQLite",
    "without SQL",
    app(FAILED, "acknowledge({ error: (error as Error).message });"),
  ],
  [
    "an error that is no text",
    "is acknowledged with an error",
    app(FAILED, "acknowledge({ error: true as never });"),
  ],
]);
