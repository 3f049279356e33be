// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, right, script } from "../table.ts";
import { view } from "./edits.ts";

const SEND =
  'for (const { id } of sent.room.members)\n      io.to(id).emit("message", { ...message, mine: id === member.id });';
const TELL_LEFT =
  'for (const { id } of others) io.to(id).emit("partner_left", { partner: member.name, reason });';

/** 00 to 03: pages, meeting, words, leaving. */
export const rightChat = [
  ...right(
    "the navigation is a list, made by a loop",
    "00",
    view(
      "top",
      '        <a href="/chat" <% if (path === "/chat") { %>aria-current="page"<% } %>>Random Chat</a>\n        <a href="/login" <% if (path === "/login") { %>aria-current="page"<% } %>>Login</a>\n',
      '        <% for (const [href, name] of [["/chat", "Random Chat"], ["/login", "Login"]]) { %>\n        <a <%- href === path ? \'aria-current="page"\' : "" %> href="<%= href %>"><%= name %></a>\n        <% } %>\n',
    ),
  ),
  ...right(
    "other words on the pages, and JSON by hand",
    "00 08",
    view("index", "Talk with somebody you do not know</h1>", "Small talk with a stranger</h1>"),
    view(
      "index",
      "Nothing of what you write is stored.",
      "What you write is gone when you go: nothing at all will be stored.",
    ),
    view("login", "<h1>Login</h1>", '<h1 id="top">Login, or register</h1>'),
    view("error", "<h1>Error <%= status %></h1>", "<h1>404 and the like: <%= status %></h1>"),
    app(
      "res.status(status).json({ error });",
      'res.status(status).type("json").send(JSON.stringify({ error }));',
    ),
    app("`No page for ${req.method} ${req.originalUrl}`", '"Nothing is here"'),
  ),
  ...right(
    "no error is thrown for what is not there, and pages are found in a list",
    "00",
    app(
      'app.get("/login", (_req, res) => {\n  res.render("login");\n});',
      'for (const name of ["login"])\n  app.get(`/${name}`, (_req, res) => res.status(200).render(name, {}));',
    ),
    app(
      "app.use((req) => {\n  throw createError(404, `No page for ${req.method} ${req.originalUrl}`);\n});",
      'app.use((req, res) => {\n  const error = "There is nothing here";\n  res.status(404);\n  if (req.path.split("/")[1] === "api") res.json({ error });\n  else res.render("error", { status: 404, error });\n});',
    ),
  ),
  ...right(
    "functions and a list instead of a class",
    "01",
    app("class Lobby {\n", "const queue: Member[] = [];\nconst lobby = {\n"),
    app("  /** In the order in which they came. */\n  readonly #queue = new Set<Member>();\n", ""),
    app(
      '    if (this.#queue.has(member)) throw createError(409, "already waiting");\n    this.#queue.add(member);\n    return this.#queue.size - 1;\n  }\n',
      '    if (queue.includes(member)) throw createError(409, "already waiting");\n    return queue.push(member) - 1;\n  },\n',
    ),
    app(
      "    this.#queue.delete(member);\n  }\n}\n\nconst lobby = new Lobby();\n",
      "    const at = queue.indexOf(member);\n    if (at >= 0) queue.splice(at, 1);\n  },\n};\n",
    ),
  ),
  ...right(
    "addresses are compared as URLs, and the page says it in other words",
    "01",
    app(
      '!origin || origin.split("//")[1] === host',
      "!origin || (URL.canParse(origin) && new URL(origin).host === host)",
    ),
    script(
      "`Waiting for somebody. Ahead of you: ${ahead}`",
      "`Still waiting … ${ahead} before you`",
    ),
    script('"You are online."', '"Online, and nobody is looked for."'),
  ),
  ...right(
    "a lobby that looks after ids",
    "01b",
    app("readonly #queue = new Set<Member>();", "readonly #queue = new Map<string, Member>();"),
    app("if (this.#queue.has(member)) throw", "if (this.#queue.has(member.id)) throw"),
    app("this.#queue.add(member);", "this.#queue.set(member.id, member);"),
    app("const waiting = [...this.#queue];", "const waiting = [...this.#queue.values()];"),
    app("      this.#queue.delete(member);\n", "      this.#queue.delete(member.id);\n"),
    app(
      "    this.#queue.delete(member);\n    const room",
      "    this.#queue.delete(member.id);\n    const room",
    ),
  ),
  ...right(
    "told by the connections themselves",
    "01b",
    app(
      'io.to(id).emit("matched", { you: name, partners });',
      'io.of("/").sockets.get(id)?.emit("matched", { partners, you: name });',
    ),
    app(
      "`User${randomInt(100_000, 1_000_000)}`",
      '`User${String(randomInt(1_000_000)).padStart(6, "0")}`',
    ),
  ),
  ...right(
    "one to the sender, and one to the others together",
    "02 03 06 08",
    app(
      SEND,
      'socket.emit("message", { ...message, mine: true });\n    const others = sent.room.members.filter((it) => it !== member).map(({ id }) => id);\n    io.to(others).emit("message", { ...message, mine: false });',
    ),
  ),
  ...right(
    "a message is looked at by hand",
    "02 04",
    app(
      "return { room, text: NewMessage.parse(input).text };",
      'const given = typeof input === "object" && input !== null && "text" in input ? input.text : undefined;\n      const text = typeof given === "string" ? given.trim() : "";\n      const { length } = Array.from(text);\n      if (length < 1 || length > 1000) throw createError(422, "text: from 1 to 1000 characters");\n      return { room, text };',
    ),
  ),
  ...right(
    "another list, and lines that are built in another way",
    "02 08",
    view(
      "chat",
      '<ol id="messages" aria-live="polite"></ol>',
      '<ul id="messages" role="log"></ul>',
    ),
    script("  line.textContent = text;\n", "  line.append(document.createTextNode(text));\n"),
    script(
      'line.className = from ? "received" : "notice";',
      'line.classList.add(from ? "theirs" : "system");',
    ),
    script("  messages.replaceChildren();\n", '  messages.innerHTML = "";\n'),
  ),
  ...right(
    "the box is emptied at once, and filled again where that was wrong",
    "02",
    script("const sent = text.value;", 'const sent = text.value;\n  text.value = "";'),
    script(
      "  if (error) status.textContent = `Not sent: ${error}`;\n",
      "  if (error) status.textContent = `Sorry, nobody got that: ${error}`;\n  if (error) text.value = sent + text.value;\n",
    ),
  ),
  ...right(
    "all who stay are told at once",
    "03 05 08",
    app(
      TELL_LEFT,
      'if (others.length > 0)\n    io.to(others.map(({ id }) => id)).emit("partner_left", { reason, partner: member.name });',
    ),
  ),
  ...right(
    "the state is asked for first",
    "03",
    app(
      '    const isInChat = this.#queue.has(member) || this.#rooms.has(member);\n    if (!isInChat) throw createError(409, "not in a chat");\n    return this.lose(member);',
      '    if (this.#queue.delete(member)) return [];\n    if (this.roomOf(member)) return this.lose(member);\n    throw createError(404, "not in a chat");',
    ),
  ),
];
