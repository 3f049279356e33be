// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Edit, faults, script, style } from "../table.ts";

const lobby = (from: string, to: string): Edit => ["lib/lobby.ts", from, to];
const sessions = (from: string, to: string): Edit => ["lib/sessions.ts", from, to];
const top = (from: string, to: string): Edit => ["views/top.ejs", from, to];
const error = (from: string, to: string): Edit => ["views/error.ejs", from, to];

const SHUFFLED = "const shuffled = [...things];\n";
const SEND =
  'for (const { id } of sent.room.members)\n      io.to(id).emit("message", { ...message, mine: id === member.id });';
const LEFT_BEHIND = "    for (const other of others) this.#rooms.delete(other);\n";
const PASSED = "return this.#clock() - Math.max(...since) >= PARTED_MS;";
const EACH_VISIT = "  if (session.visitorId) return;\n";

/** 00 to 03: pages, waiting, meeting, words, leaving. */
const wrongChat = [
  ...faults("00", [
    [
      "the page of an error takes HTML",
      "stands on the page of an error as text",
      error("<%= error %>", "<%- error %>"),
    ],
    [
      "no page for this, and all is well",
      "answered 404, with a page that leads back",
      app("res.status(answer.status).render(", "res.render("),
    ],
    [
      "who begins like /api is the api",
      "answered 404, with a page that leads back",
      app(
        "  const answer = toAnswer(thrown);\n",
        '  const answer = toAnswer(thrown);\n  if (_req.path.startsWith("/api")) return void res.status(answer.status).json(answer);\n',
      ),
    ],
    ["an error of the api is a page", "404 in JSON", app('app.use("/api", ', 'app.use("/apis", ')],
    [
      "the links look all alike",
      "marks the page that is shown",
      top(' <% if (path === "/chat") { %>aria-current="page"<% } %>>Random', ">Random"),
    ],
    [
      "with a question behind it, it is another page",
      "marks the page that is shown",
      app("res.locals.path = req.path;", "res.locals.path = req.originalUrl;"),
    ],
    [
      "the whole folder may be loaded",
      "an unknown path is answered 404",
      app(
        'app.use(express.static(join(import.meta.dirname, "public")));',
        'app.use(express.static(join(import.meta.dirname, "public")), express.static(import.meta.dirname));',
      ),
    ],
    [
      "a style from somewhere else",
      "another server",
      top('href="/style.css"', 'href="https://cdn.example/style.css"'),
    ],
    [
      "an error without the layout",
      "the same layout",
      error('<%- include("top", { title: `Error ${status}` }) %>', "<!doctype html>"),
    ],
    ["one title for all", "a title of its own", top("<%= title %> · ", "")],
    [
      "the trace is sent along",
      "no trace",
      app("error: expose ? message :", "error: expose ? String(error.stack) :"),
    ],
    [
      "long words are not broken",
      "wider than the window",
      style("  overflow-wrap: anywhere;\n", ""),
    ],
  ]),
  ...faults("01", [
    [
      "everybody wants an answer",
      "who wants no acknowledgement",
      app(
        "wantsAnswer ? (values.pop() as Acknowledge) : () => {};",
        "values.pop() as Acknowledge;",
      ),
      app('  const wantsAnswer = typeof values.at(-1) === "function";\n', ""),
    ],
    [
      "connections begin by polling",
      "does not begin it by polling",
      app('  transports: ["websocket"],\n', ""),
    ],
    [
      "any page may connect",
      "of another site may not",
      app('!origin || origin.split("//")[1] === host', "true || !origin || !host"),
    ],
    [
      "a site that begins like ours is ours",
      "of another site may not",
      app(
        'origin.split("//")[1] === host',
        'String(origin.split("//")[1]).startsWith(String(host))',
      ),
    ],
    [
      "the server is called localhost",
      "whatever our server is called",
      app(
        'origin.split("//")[1] === host',
        "/^http:\\/\\/(localhost|127\\.0\\.0\\.1):/.test(origin) && !!host",
      ),
    ],
    ["events of any length", "20,000 bytes", app("  maxHttpBufferSize: 20_000,\n", "")],
    ["a ghost waits", "who comes second is told", app("    lobby.lose(member);\n", "")],
    [
      "who joins twice is there as often",
      "cannot join again",
      app('    if (this.#queue.has(member)) throw createError(409, "already waiting");\n', ""),
    ],
    [
      "who joins is ahead of themselves",
      "nobody is ahead",
      app("return this.#queue.size - 1;", "return this.#queue.size;"),
    ],
    [
      "who only looks on counts, too",
      "who comes second is told",
      app(
        'socket.emit("waiting", { ahead });',
        'socket.emit("waiting", { ahead: io.engine.clientsCount - 1 });',
      ),
    ],
    [
      "the button may be pressed again",
      "waits when its button is pressed",
      script('find.disabled = state !== "idle";', 'find.disabled = state === "offline";'),
    ],
    [
      "the page does not come back",
      "comes back by itself",
      script(
        'io({ transports: ["websocket"] })',
        'io({ transports: ["websocket"], reconnection: false })',
      ),
    ],
    [
      "a lost connection is nobody's affair",
      "whose connection is lost says so",
      script(
        '  show("offline", "The connection is lost, and your place with it. It comes back by itself.");\n',
        "",
      ),
      script('  show("offline", "No connection. The page tries again by itself.");\n', ""),
    ],
  ]),
  ...faults("01b", [
    [
      "who joins twice has both slots, and is alone with themselves",
      "never meets themselves",
      app('    if (this.#queue.has(member)) throw createError(409, "already waiting");\n', ""),
      app("readonly #queue = new Set<Member>();", "#queue: Member[] = [];"),
      app(
        "    this.#queue.add(member);\n    return this.#queue.size - 1;",
        "    return this.#queue.push(member) - 1;",
      ),
      app(
        "      this.#queue.delete(member);\n",
        "      this.#queue = this.#queue.filter((it) => it !== member);\n",
      ),
      app(
        "    this.#queue.delete(member);\n    const room",
        "    this.#queue = this.#queue.filter((it) => it !== member);\n    const room",
      ),
    ],
    [
      "a second room for who is in one",
      "cannot join again, and stays in it",
      app('    if (this.#rooms.has(member)) throw createError(409, "already paired");\n', ""),
    ],
    [
      "the id of the connection as a name",
      "User and six digits",
      app("name: `User${randomInt(100_000, 1_000_000)}`", "name: socket.id"),
    ],
    [
      "the id of the connection beside the name",
      "and nothing else",
      app(
        "{ you: name, partners });",
        "{ you: name, partners, ids: members.map((it) => it.id) } as never);",
      ),
    ],
    [
      "who is gone is met",
      "who waits cannot join again",
      app("    this.#queue.delete(member);\n    const room", "    const room"),
    ],
    ["who is left stays in the room", "whose partner is gone may join again", app(LEFT_BEHIND, "")],
    [
      "one alone is a pair",
      "two who join are matched",
      app("while (waiting.length >= 2)", "while (waiting.length >= 1)"),
    ],
    [
      "only the one who comes is told",
      "two who join are matched",
      app('io.to(id).emit("matched"', 'if (id === members.at(-1)?.id) io.to(id).emit("matched"'),
    ],
    [
      "the page says nothing of the other",
      "as whom it has joined, and with whom",
      script("  for (const partner of partners) addLine(`${partner} has joined the chat.`);\n", ""),
    ],
  ]),
  ...faults("02", [
    [
      "all who are connected hear it",
      "nobody else hears a word",
      app(
        SEND,
        'for (const [id, each] of io.of("/").sockets)\n      each.emit("message", { ...message, mine: id === member.id });',
      ),
    ],
    [
      "said to everybody but the sender",
      "heard by both",
      app(SEND, 'socket.broadcast.emit("message", { ...message, mine: false });'),
    ],
    [
      "the sender is left out",
      "heard by both",
      app('io.to(id).emit("message"', 'if (id !== member.id) io.to(id).emit("message"'),
    ],
    [
      "whose words these are is not said",
      "heard by both",
      app("mine: id === member.id", "mine: false"),
    ],
    [
      "each sees the own words at once, and those of the other later",
      "which words are their own",
      app(
        'io.to(id).emit("message", { ...message, mine: id === member.id });',
        'setTimeout(() => io.to(id).emit("message", { ...message, mine: id === member.id }), id === member.id ? 0 : 200);',
      ),
    ],
    [
      "the time of this place",
      "heard by both",
      app("new Date().toISOString()", "new Date().toString()"),
    ],
    [
      "who is in no chat has a room all the same",
      "answered that they are not paired",
      app('      if (!room) throw createError(409, "not paired");\n', ""),
      app("return { room, text", "return { room: room as Room, text"),
    ],
    [
      "spaces stay",
      "spaces around are cut off",
      app('.trim()\n  .min(1, "must not be empty")', '.regex(/\\S/, "must not be empty")'),
    ],
    [
      "lengths in units of UTF-16",
      "counted as people count them",
      app("[...it].length <= 1000", "it.length <= 1000"),
    ],
    [
      "the length is the page's affair",
      "what is no message is answered with an error",
      app("[...it].length <= 1000", "[...it].length <= 100_000"),
    ],
    [
      "a text is a text, whoever sends it",
      "what is no message is answered with an error",
      app(
        "return { room, text: NewMessage.parse(input).text };",
        "return { room, text: (input as { text: string }).text };",
      ),
    ],
    [
      "what is no message ends the process",
      "what is no message is answered with an error",
      app(
        "    if (!sent) return;\n",
        "    const { length } = (values[0] as { text: string }).text;\n    if (!sent || length === 0) return;\n",
      ),
    ],
    [
      "the error says what was sent",
      "does not quote what was sent",
      app(
        '"at most 1000 characters")',
        "{ error: (it) => `at most 1000 characters, and not ${it.input}` })",
      ),
    ],
    [
      "all that is sent is passed on",
      "what a message should not have",
      app("const message = { from:", "const message = { ...(values[0] as object), from:"),
    ],
    [
      "a diary of all chats",
      "is in any file",
      app(
        'import { once } from "node:events";',
        'import { once } from "node:events";\nimport { appendFileSync, mkdirSync } from "node:fs";',
      ),
      app(
        "    // To both, the sender included",
        '    const folder = join(import.meta.dirname, "instance");\n    mkdirSync(folder, { recursive: true });\n    appendFileSync(join(folder, "chat.log"), `${JSON.stringify(message)}\\n`);\n    // To both, the sender included',
      ),
    ],
    [
      "each message on the console",
      "in what the app prints",
      app(
        "    // To both, the sender included",
        "    console.log(message);\n    // To both, the sender included",
      ),
    ],
    [
      "what is refused, on the console",
      "in what the app prints",
      app(
        "    if (!sent) return;\n",
        '    if (!sent) return console.error("refused:", JSON.stringify(values));\n',
      ),
    ],
    [
      "words are HTML",
      "looks like HTML",
      script("line.textContent = text;", "line.innerHTML = text;"),
    ],
    [
      "the box is empty whatever comes",
      "stay in the box",
      script("const sent = text.value;", 'const sent = text.value;\n  text.value = "";'),
    ],
    [
      "the page says it twice",
      "stands on the page when it comes back",
      script(
        "  // What was written meanwhile",
        '  else addLine(sent, "I");\n  // What was written meanwhile',
      ),
      script("else if (text.value === sent)", "if (!error && text.value === sent)"),
    ],
    [
      "own words look like the other's",
      "stands on the page",
      script('  if (mine) line.className = "own";\n', "  void [line, mine];\n"),
    ],
    [
      "one may write to nobody",
      "before it has met somebody",
      script('fieldset.disabled = state !== "paired";', 'fieldset.disabled = state === "offline";'),
    ],
  ]),
  ...faults("03", [
    [
      "the other is not told",
      "the other is told who has left",
      app('    if (others) tellLeft(member, others, "left");\n', "    void others;\n"),
    ],
    [
      "all are told",
      "who leaves is idle",
      app("for (const { id } of others) io.to(id).emit(", "if (others.length > 0) io.emit("),
    ],
    [
      "who has left is lost, too",
      "is told once",
      app('  socket.on("leave", ', '  let last: Member[] = [];\n  socket.on("leave", '),
      app("if (others) tellLeft", "last = others ?? [];\n    if (others) tellLeft"),
      app("lobby.lose(member), ", "[...lobby.lose(member), ...last], "),
    ],
    [
      "the partner's id is told",
      "the other is told who has left",
      app("{ partner: member.name, reason }", "{ partner: member.id, reason }"),
    ],
    [
      "whoever is gone has left",
      "is lost, and the other is told so",
      app('lobby.lose(member), "lost");', 'lobby.lose(member), "left");'),
    ],
    [
      "only a goodbye counts",
      "whose cable is cut",
      app(
        'socket.on("disconnect", () => {\n',
        'socket.on("disconnect", (why) => {\n    if (why !== "client namespace disconnect") return;\n',
      ),
    ],
    [
      "who is in no chat leaves all the same",
      "the chat is over for both",
      app('    if (!isInChat) throw createError(409, "not in a chat");\n', "    void isInChat;\n"),
    ],
    [
      "to leave from nowhere ends the process",
      "over for both",
      app(
        'const others = accept(values, "idle", () => lobby.leave(member));',
        'const others = lobby.leave(member);\n    accept(values, "idle", () => others);',
      ),
    ],
    [
      "who waits cannot leave",
      "who waits may leave",
      app("this.#queue.has(member) || this.#rooms.has(member);", "this.#rooms.has(member);"),
    ],
    [
      "who has left waits on",
      "who waits may leave",
      app(
        "    return this.lose(member);\n",
        "    const waits = this.#queue.has(member);\n    const others = this.lose(member);\n    if (waits) this.#queue.add(member);\n    return others;\n",
      ),
    ],
    [
      "who was left waits again by itself",
      "over for both",
      app(
        'tellLeft(member, others, "left");',
        'tellLeft(member, others, "left");\n    for (const other of others ?? []) lobby.join(other);',
      ),
    ],
    [
      "who was lost leaves a place, and the next stranger gets it",
      "half-empty room when one is lost",
      app(
        "readonly #rooms = new Map<Member, Room>();",
        "readonly #rooms = new Map<Member, Room>();\n  #left: Member[] = [];",
      ),
      app(
        LEFT_BEHIND,
        `${LEFT_BEHIND}    this.#left = [...this.#left, ...others].filter((it) => it !== member);\n`,
      ),
      app(
        "    return this.lose(member);\n",
        "    const others = this.lose(member);\n    this.#left = [];\n    return others;\n",
      ),
      app(
        "    const waiting = [...this.#queue];\n",
        "    const waiting = [...this.#queue];\n    const left = this.#left.find((it) => !this.#queue.has(it) && !this.#rooms.has(it));\n    const first = waiting[0];\n    if (left && first) rooms.push(this.#seat([left, ...waiting.splice(0, 1)]));\n",
      ),
    ],
    ["the room stays, and the words go on", "the chat is over for both", app(LEFT_BEHIND, "")],
    [
      "the old transcript stays",
      "begins with an empty list",
      script("  messages.replaceChildren();\n", ""),
    ],
    [
      "whoever is gone has left, says the page",
      "the page says who has disconnected",
      script('reason === "left" ? "left" : "disconnected"', 'reason ? "left" : "disconnected"'),
    ],
    [
      "the page talks on with who has left",
      "the page says who has left",
      script('  addLine(sentence);\n  show("idle", sentence);', "  addLine(sentence);"),
    ],
    [
      "who is idle may leave, says the page",
      "Leave ends the chat of a page",
      script(
        'leave.disabled = state !== "waiting" && state !== "paired";',
        'leave.disabled = state === "offline";',
      ),
    ],
  ]),
];

/** 04 to 06: the classes by themselves, chance, somebody else. */
const wrongLobby = [
  ...faults("04", [
    ["any error", "is a RangeError", lobby("throw new RangeError(", "throw new Error(")],
    ["a room of one", "is a RangeError", lobby("slots < 2", "slots < 1")],
    [
      "two slots and a half",
      "is a RangeError",
      lobby("!Number.isInteger(slots) || slots < 2", "slots < 2"),
    ],
    [
      "there is always a place",
      "into a full room",
      lobby(
        '    if (this.#members.size === this.slots) throw new Error("the room is full");\n',
        "",
      ),
    ],
    [
      "a room is full with two",
      "as many slots as are asked for",
      lobby("this.#members.size === this.slots", "this.#members.size === 2"),
    ],
    [
      "who is nowhere in the list is the last in it",
      "who is not in a room can be removed",
      lobby("readonly #members = new Set<Member>();", "readonly #members: Member[] = [];"),
      lobby("this.#members.size === this.slots", "this.#members.length === this.slots"),
      lobby("this.#members.add(member);", "this.#members.push(member);"),
      lobby(
        "this.#members.delete(member);",
        "this.#members.splice(this.#members.indexOf(member), 1);",
      ),
    ],
    [
      "the list itself is handed out",
      "is a copy",
      lobby("readonly #members = new Set<Member>();", "#members: Member[] = [];"),
      lobby("return [...this.#members];", "return this.#members;"),
      lobby("this.#members.size === this.slots", "this.#members.length === this.slots"),
      lobby("this.#members.add(member);", "this.#members.push(member);"),
      lobby(
        "this.#members.delete(member);",
        "this.#members = this.#members.filter((it) => it !== member);",
      ),
    ],
    ["who is left stays in the room", "a room that one has left is gone", lobby(LEFT_BEHIND, "")],
    [
      "one queue for all lobbies",
      "a round puts two into a room",
      lobby("/** Who waits, and who is in which room. */", "const queue = new Set<Member>();\n"),
      lobby("readonly #queue = new Set<Member>();", "readonly #queue = queue;"),
    ],
    [
      "who is not there cannot be lost",
      "but can be lost",
      lobby("const others = room?.members ?? [];", "const others = (room as Room).members;"),
      lobby(
        "    this.#queue.delete(member);\n    const room",
        "    if (this.#queue.delete(member)) return [];\n    const room",
      ),
    ],
    [
      "who was lost is back in the queue",
      "whatever twelve people do",
      lobby(
        LEFT_BEHIND,
        `${LEFT_BEHIND}    if (this.#queue.size > 5) this.#queue.delete([...this.#queue][0] as Member);\n`,
      ),
    ],
  ]),
  ...faults("05", [
    [
      "in the order of arrival",
      "not the order of arrival",
      lobby("shuffle(this.waiting).sort(", "this.waiting.sort("),
    ],
    [
      "sorted by a coin",
      "as often",
      lobby(
        SHUFFLED,
        "const shuffled = [...things].sort(() => Math.random() - 0.5);\n  if (shuffled) return shuffled;\n",
      ),
    ],
    [
      "each changes places with any",
      "as often",
      lobby("randomInt(last + 1)", "randomInt(shuffled.length)"),
    ],
    ["nobody stays in their place", "as often", lobby("randomInt(last + 1)", "randomInt(last)")],
    [
      "who came first is never left over",
      "each is left over as often",
      lobby(
        "shuffle(this.waiting).sort(",
        "[...this.waiting.slice(0, 1), ...shuffle(this.waiting.slice(1))].sort(",
      ),
    ],
    [
      "who was left over has no precedence",
      "left over",
      lobby(
        "shuffle(this.waiting).sort((one, two) => missed(two) - missed(one));",
        "shuffle(this.waiting);",
      ),
    ],
    [
      "who was left over is the last",
      "matched in the next one",
      lobby("missed(two) - missed(one)", "missed(one) - missed(two)"),
    ],
    [
      "always a second",
      "as long as MATCH_MS says",
      app("Number(process.env.MATCH_MS || 1000)", "1000"),
    ],
    [
      "a tenth of a second",
      "two wait for a second",
      app("process.env.MATCH_MS || 1000", "process.env.MATCH_MS || 100"),
    ],
    [
      "matched at once",
      "nobody is matched at once",
      app("roundTimer ??= setTimeout(startRound, MATCH_MS);", "startRound();"),
    ],
    [
      "a round for one alone",
      "one alone waits without a round",
      app("if (lobby.waiting.length >= 2) {", "if (lobby.waiting.length >= 1) {"),
    ],
    [
      "a clock that ticks for nobody",
      " wait ",
      app("    roundTimer ??= setTimeout(startRound, MATCH_MS);\n", "    void roundTimer;\n"),
      app('io.on("connection"', 'setInterval(startRound, MATCH_MS);\n\nio.on("connection"'),
    ],
    [
      "who comes puts the round off",
      "does not put it off",
      app("    roundTimer ??= ", "    clearTimeout(roundTimer);\n    roundTimer = "),
    ],
    [
      "the round is held whoever leaves",
      "when the second one leaves, the round is taken back",
      app(
        '    tellLeft(member, others, "left");\n    planRound();\n',
        '    tellLeft(member, others, "left");\n',
      ),
    ],
    [
      "the round is held whoever is lost",
      "when the second one is lost, the round is taken back",
      app('"lost");\n    planRound();\n', '"lost");\n'),
    ],
    [
      "one round, and no other",
      "matched in the next one",
      app(
        "const startRound = () => {\n  roundTimer = undefined;\n",
        "const startRound = () => {\n",
      ),
      app("  tellWaiting();\n  planRound();\n", "  tellWaiting();\n"),
    ],
    [
      "who is left over hears nothing",
      "is told that they wait",
      app("  tellWaiting();\n  planRound();\n", "  planRound();\n"),
    ],
  ]),
  ...faults("06", [
    [
      "the same one again at once",
      "of two who parted and a third",
      lobby("if (!this.#parted.get(one)?.has(two)) return true;", "if (one) return true;"),
    ],
    [
      "never again",
      "they meet again when both have waited",
      lobby(PASSED, "return since.length === 0;"),
    ],
    [
      "ten seconds since the first of them waits",
      "they meet again when both have waited",
      lobby("Math.max(...since)", "Math.min(...since)"),
    ],
    [
      "who has left does not meet, who was left does",
      "two who ",
      lobby("      this.#part(other, member);\n", ""),
    ],
    [
      "for one round only",
      "two who ",
      lobby(PASSED, "return since.length > 0 && (this.#queue.get(one)?.missed ?? 0) > 0;"),
    ],
    [
      "five seconds",
      "they meet again when both have waited",
      lobby("PARTED_MS = 10_000", "PARTED_MS = 5000"),
    ],
    [
      "whom they have met since does not count",
      "has met somebody else, they may meet again",
      lobby("      this.#meet(member);\n", ""),
    ],
    [
      "only one of the two forgets",
      "met somebody else",
      lobby(
        "    for (const other of this.#parted.get(member) ?? []) this.#parted.get(other)?.delete(member);\n",
        "",
      ),
    ],
    [
      "who is idle goes on from nothing",
      "nothing to go on from",
      app("const others = lobby.leave(member);", "const others = lobby.lose(member);"),
    ],
    [
      "who was left by next hears nothing",
      "the other is told that somebody has left",
      app('    tellLeft(member, done.others, "left");\n', ""),
    ],
    [
      "who says next is not told that they wait",
      "somebody else is met at once",
      app('    socket.emit("waiting", { ahead: done.ahead });\n', ""),
    ],
    [
      "no round is planned for who says next",
      "somebody else is met at once",
      app("{ ahead: done.ahead });\n    planRound();\n", "{ ahead: done.ahead });\n"),
    ],
    [
      "next leaves without waiting",
      "next leaves the chat and waits",
      app("ahead: lobby.join(member) };", "ahead: 0 };"),
    ],
    [
      "only the next one in the row is tried",
      "whatever twelve people do",
      lobby("const partner = later.find(", "const partner = later.slice(0, 1).find("),
    ],
    [
      "the button joins once more",
      "says Find someone else, and does so",
      script('state === "paired" ? "next" : "join"', '"join"'),
    ],
    [
      "the button says the same for ever",
      "says Find someone else",
      script('hasMet ? "Find someone else" : "Find someone"', '"Find someone"'),
    ],
  ]),
];

/** 07 and 08: cookies, names, secrets, tabs. */
const wrongSessions = [
  ...faults("07", [
    [
      "a cookie that nobody has signed",
      "forged, cut or signed with another secret",
      app(
        "const useSession = session({",
        'const kept = new Map<string, object>();\nconst useSession = (req: any, res: any, next: () => void) => {\n  const [, sid = crypto.randomUUID()] = /sid=([^;]+)/.exec(req.headers.cookie ?? "") ?? [];\n  req.session = kept.get(sid) ?? {};\n  if (req.path === "/chat" && !kept.has(sid))\n    res.cookie("sid", sid, { httpOnly: true, sameSite: "lax", maxAge: 7 * 86_400_000 });\n  if (req.path === "/chat") kept.set(sid, req.session);\n  next();\n};\nsession({',
      ),
    ],
    [
      "the secret stands in the code",
      "signed with the secret of that file",
      app("  secret,\n", '  secret: "keyboard cat, keyboard cat, keyboard cat",\n'),
    ],
    ["scripts read the cookie", "HttpOnly", app("httpOnly: true", "httpOnly: false")],
    ["forms of other sites send it along", "SameSite", app('sameSite: "lax", ', "")],
    ["until the browser is closed", "seven days", app(", maxAge: 7 * 86_400_000 }", " }")],
    ["only behind TLS", "gives a cookie", app('secure: "auto"', "secure: true")],
    [
      "a cookie on every page",
      "who only looks around gets no cookie",
      app("saveUninitialized: false", "saveUninitialized: true"),
    ],
    [
      "a visitor on every page",
      "who only looks around gets no cookie",
      app(
        "app.use(useSession, (_req, res, next) => {\n",
        "app.use(useSession, (req, res, next) => {\n  greet(req.session);\n",
      ),
    ],
    [
      "whoever asks for a name is a visitor",
      "who only looks around gets no cookie",
      app(
        "  res.json({ name: req.session.anonName ?? null });",
        "  greet(req.session);\n  res.json({ name: req.session.anonName });",
      ),
    ],
    ["another name at each load", "and at each visit", sessions(EACH_VISIT, "")],
    [
      "a name for the page alone, which no cookie keeps",
      "and at each visit",
      app(
        "  greet(req.session);\n",
        "  const once = {};\n  greet(once);\n  if (!req.session.visitorId) greet(req.session);\n",
      ),
      app(
        "{ name: req.session.anonName });\n",
        "{ name: (once as { anonName: string }).anonName });\n",
      ),
    ],
    [
      "names are counted",
      "follows from the one before",
      sessions("`User${randomInt(100_000, 1_000_000)}`", "`User${100_000 + given.size}`"),
    ],
    [
      "everybody may read the secret",
      "may read the file of the secret",
      sessions(", { mode: 0o600 });", ");"),
    ],
    [
      "a secret for each start",
      "the next start takes the same secret",
      sessions(
        "process.env.SESSION_SECRET || kept.SESSION_SECRET",
        "process.env.SESSION_SECRET || (kept && undefined)",
      ),
    ],
    [
      "the file goes first",
      "SESSION_SECRET goes first",
      sessions(
        "process.env.SESSION_SECRET || kept.SESSION_SECRET",
        "kept.SESSION_SECRET || process.env.SESSION_SECRET",
      ),
    ],
    [
      "production makes its secret, too",
      "in production, without a secret",
      sessions('    if (!mayMake) throw new Error("SESSION_SECRET is not set");\n', ""),
    ],
    [
      "production ends without a word for humans",
      "in production, without a secret",
      app(
        "  console.error(`Cannot sign cookies (${error}): set SESSION_SECRET to what this prints: ${make}`);\n  process.exit(1);",
        "  throw new Error(make, { cause: error });",
      ),
    ],
    [
      "a short secret will do",
      "shorter than 32 characters is refused",
      sessions(
        '  if (secrets.some((it) => it.length < 32)) throw new Error("SESSION_SECRET is too short");\n',
        "",
      ),
    ],
    [
      "only the first secret is measured",
      "shorter than 32 characters is refused",
      sessions("if (secrets.some(", "if (secrets.slice(0, 1).some("),
    ],
    [
      "all secrets together are long enough",
      "shorter than 32 characters is refused",
      sessions("secrets.some((it) => it.length < 32)", "text.length < 32"),
    ],
    [
      "one secret for ever",
      "each is accepted",
      sessions("  return secrets;", "  return secrets.slice(0, 1);"),
    ],
    [
      "a list is one secret",
      "the first one signs",
      sessions('text.split(",").map((it) => it.trim())', "[text]"),
    ],
    [
      "the last secret signs",
      "the first one signs",
      sessions("  return secrets;", "  return secrets.reverse();"),
    ],
    [
      "the secret is printed",
      "without the secret",
      sessions("made a secret for cookies: ${file}", "made a secret for cookies: ${file}: ${text}"),
    ],
    [
      "pages are kept by whoever hands them on",
      "kept in no memory",
      app('  res.set("Cache-Control", "no-store");\n', ""),
    ],
    [
      "the page does not say the name",
      "the same on the page and in /api/me",
      ["views/chat.ejs", "<%= name %>", "a visitor"],
    ],
  ]),
  ...faults("08", [
    [
      "who has no session is let in",
      "is refused",
      app("  if (!visitorId) return next(new Error(NO_SESSION));\n", ""),
    ],
    [
      "two tabs meet",
      "two tabs of one visitor never meet",
      lobby("    if (one.visitor === two.visitor) return false;\n", ""),
    ],
    [
      "any number of tabs",
      "the fourth is refused",
      app(
        "  if (tabs >= MOST_TABS) return next(new Error(TOO_MANY));\n",
        "  void [tabs, TOO_MANY];\n",
      ),
    ],
    ["one tab more", "the fourth is refused", app("tabs >= MOST_TABS", "tabs > MOST_TABS")],
    [
      "two tabs, and no more",
      "a visitor may have three tabs",
      app("const MOST_TABS = 3;", "const MOST_TABS = 2;"),
    ],
    [
      "another name for each connection",
      "the name in the chat is the visitor's",
      app(
        "visitor: visitorId, name: anonName }",
        "visitor: visitorId, name: `User${100_000 + Math.floor(Math.random() * 900_000)}` }",
      ),
      app('const { visitorId = "", anonName = "" }', 'const { visitorId = "" }'),
    ],
    [
      "the visitor's id is told",
      "no id of visitor",
      app(
        "{ you: name, partners });",
        '{ you: name, partners });\n      io.to(id).emit("room" as never, members as never);',
      ),
    ],
    [
      "closed tabs count",
      "after one of them is closed",
      app(
        "io.engine.use(useSession);",
        "const opened = new Map<string, number>();\nio.engine.use(useSession);",
      ),
      app(
        'const tabs = io.of("/").adapter.rooms.get(room)?.size ?? 0;',
        "const tabs = opened.get(room) ?? 0;",
      ),
      app("  socket.join(room);\n", "  opened.set(room, tabs + 1);\n"),
    ],
    [
      "those who are refused count",
      "after one of them is closed",
      app(
        "io.engine.use(useSession);",
        "const opened = new Map<string, number>();\nio.engine.use(useSession);",
      ),
      app(
        'const tabs = io.of("/").adapter.rooms.get(room)?.size ?? 0;',
        "const tabs = opened.get(room) ?? 0;\n  opened.set(room, tabs + 1);",
      ),
      app(
        '  socket.on("disconnect", () => {\n',
        '  socket.on("disconnect", () => {\n    opened.set(roomOf(visitorId), (opened.get(roomOf(visitorId)) ?? 0) - 1);\n',
      ),
    ],
    [
      "counted, and let in a moment later",
      "at the same moment, three are let in",
      app("io.use((socket, next) => {", "io.use(async (socket, next) => {"),
      app(
        "  socket.join(room);\n",
        "  await new Promise((done) => setTimeout(done, 50));\n  socket.join(room);\n",
      ),
    ],
    [
      "the page does not say why",
      "a page that is refused says why",
      script(
        '  else show("offline", `No connection: ${error.message}.`);\n',
        '  else show("offline", `No connection. (${error.message.length})`);\n',
      ),
    ],
    [
      "any sid will do",
      "has no session",
      app(
        "io.engine.use(useSession);",
        'io.engine.use(useSession);\nio.engine.use((req: any, _res: any, next: () => void) => {\n  if (/sid=/.test(req.headers.cookie ?? "") || !req.session.visitorId) greet(req.session);\n  next();\n});',
      ),
    ],
  ]),
];

/** 00 to 08: pages, waiting, meeting, words, leaving, chance, cookies. */
export const wrongEarly = [...wrongChat, ...wrongLobby, ...wrongSessions];
