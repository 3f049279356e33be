// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, right, script } from "../table.ts";
import { lobby, sessions, view } from "./edits.ts";

const SHUFFLE =
  "  const shuffled = [...things];\n  for (let last = shuffled.length - 1; last > 0; last -= 1) {\n    const chosen = randomInt(last + 1);\n    [shuffled[last], shuffled[chosen]] = [shuffled[chosen] as T, shuffled[last] as T];\n  }\n  return shuffled;";

/** 04 to 08: the lobby, rounds, sessions. */
export const rightMatching = [
  ...right(
    "a room with a list, whose list is copied",
    "04 06",
    lobby("readonly #members = new Set<Member>();", "#members: readonly Member[] = [];"),
    lobby("return [...this.#members];", "return this.#members.slice();"),
    lobby("this.#members.size === this.slots", "this.#members.length >= this.slots"),
    lobby("this.#members.add(member);", "this.#members = this.#members.concat(member);"),
    lobby(
      "this.#members.delete(member);",
      "this.#members = this.#members.filter((it) => it !== member);",
    ),
    lobby("!Number.isInteger(slots) || slots < 2", "!(Number.isSafeInteger(slots) && slots >= 2)"),
    lobby('"a room has 2 slots or more"', "`${slots} is no number of slots`"),
  ),
  ...right(
    "a queue that is a list",
    "04",
    lobby("readonly #queue = new Set<Member>();", "#queue: Member[] = [];"),
    lobby("if (this.#queue.has(member)) throw", "if (this.#queue.includes(member)) throw"),
    lobby(
      "    this.#queue.add(member);\n    return this.#queue.size - 1;",
      "    return this.#queue.push(member) - 1;",
    ),
    lobby(
      "    const waiting = [...this.#queue];\n    while (waiting.length >= 2) rooms.push(this.#seat(waiting.splice(0, 2)));",
      "    while (this.#queue.length > 1) rooms.push(this.#seat(this.#queue.splice(0, 2)));",
    ),
    lobby("      this.#queue.delete(member);\n", ""),
    lobby("this.#queue.has(member) || this.#rooms", "this.#queue.includes(member) || this.#rooms"),
    lobby(
      "    this.#queue.delete(member);\n    const room",
      "    this.#queue = this.#queue.filter((it) => it !== member);\n    const room",
    ),
  ),
  ...right(
    "drawn as lots from a hat",
    "05 06 08",
    lobby(
      SHUFFLE,
      "  const hat = [...things];\n  const drawn: T[] = [];\n  while (hat.length > 0) drawn.push(...hat.splice(randomInt(hat.length), 1));\n  return drawn;",
    ),
  ),
  ...right(
    "sorted by numbers of chance, each drawn once",
    "05",
    lobby(
      SHUFFLE,
      "  const numbered = things.map((thing) => ({ thing, number: randomInt(2 ** 47) }));\n  return numbered.sort((one, two) => one.number - two.number).map(({ thing }) => thing);",
    ),
  ),
  ...right(
    "two lists: who was left over, and all others",
    "05",
    lobby(
      "shuffle(this.waiting).sort((one, two) => missed(two) - missed(one));",
      "shuffle(this.waiting.filter((it) => missed(it) > 0));\n    waiting.push(...shuffle(this.waiting.filter((it) => missed(it) === 0)));",
    ),
  ),
  ...right(
    "a clock that ticks while two or more wait",
    "05 06",
    app(
      "roundTimer ??= setTimeout(startRound, MATCH_MS);",
      "roundTimer ??= setInterval(startRound, MATCH_MS);",
    ),
    app("    clearTimeout(roundTimer);\n", "    clearInterval(roundTimer);\n"),
    app("const startRound = () => {\n  roundTimer = undefined;\n", "const startRound = () => {\n"),
    app(
      "  tellWaiting();\n  planRound();\n",
      "  const isTold = lobby.waiting.length < 2;\n  if (!isTold) tellWaiting();\n  planRound();\n",
    ),
  ),
  ...right(
    "who parted is kept as pairs of ids",
    "06",
    lobby(
      "readonly #parted = new Map<Member, Set<Member>>();",
      "#parted: [Member, Member][] = [];",
    ),
    lobby(
      "if (!this.#parted.get(one)?.has(two)) return true;",
      "if (!this.#parted.some((pair) => pair.includes(one) && pair.includes(two))) return true;",
    ),
    lobby(
      "    for (const other of this.#parted.get(member) ?? []) this.#parted.get(other)?.delete(member);\n    this.#parted.delete(member);\n",
      "    this.#parted = this.#parted.filter((pair) => !pair.includes(member));\n",
    ),
    lobby(
      "    const parted = this.#parted.get(one) ?? new Set();\n    this.#parted.set(one, parted.add(two));\n",
      "    this.#parted.push([one, two]);\n",
    ),
    lobby("      this.#part(other, member);\n", ""),
  ),
  ...right(
    "each pair of those who wait is tried, one after the other",
    "06",
    lobby(
      "      const later = waiting.slice(index + 1);\n      const partner = later.find((other) => this.#queue.has(other) && this.#fit(member, other));\n      if (partner) rooms.push(this.#seat([member, partner]));\n",
      "      for (const other of waiting.slice(index + 1)) {\n        if (!this.#queue.has(other) || !this.#queue.has(member)) continue;\n        if (this.#fit(other, member)) rooms.push(this.#seat([other, member]));\n      }\n",
    ),
    lobby(
      "this.#clock() - Math.max(...since) >= PARTED_MS",
      "since.every((it) => this.#clock() - it >= PARTED_MS)",
    ),
  ),
  ...right(
    "next by the same way as leave and join",
    "06",
    app(
      '    const done = accept(values, "waiting", () => {\n      const others = lobby.leave(member);\n      return { others, ahead: lobby.join(member) };\n    });\n    if (!done) return;\n    tellLeft(member, done.others, "left");\n    socket.emit("waiting", { ahead: done.ahead });\n    planRound();\n',
      '    const isDone = accept(values, "waiting", () => {\n      tellLeft(member, lobby.leave(member), "left");\n      socket.emit("waiting", { ahead: lobby.join(member) });\n      planRound();\n      return true;\n    });\n    if (!isDone) return;\n',
    ),
  ),
  ...right(
    "a store by its name, and ids of our own making",
    "07 08",
    app(
      "  secret,\n",
      "  secret,\n  store: new session.MemoryStore(),\n  genid: () => crypto.randomUUID().toUpperCase(),\n",
    ),
    app("maxAge: 7 * 86_400_000 }", 'path: "/", maxAge: 1000 * 60 * 60 * 24 * 7 }'),
  ),
  ...right(
    "the file is written, then closed to others; the secret is made of letters",
    "07",
    sessions('randomBytes(32).toString("hex")', 'randomBytes(48).toString("base64url")'),
    sessions(
      "import { appendFileSync, existsSync,",
      "import { appendFileSync, chmodSync, existsSync,",
    ),
    sessions(
      "    appendFileSync(file, `SESSION_SECRET=${text}\\n`, { mode: 0o600 });\n",
      '    appendFileSync(file, `# Made by the server.\\nSESSION_SECRET="${text}"\\n`);\n    chmodSync(file, 0o600);\n',
    ),
    sessions(
      "made a secret for cookies: ${file}",
      "${file} is new: it holds what signs the cookies",
    ),
  ),
  ...right(
    "names from bytes, until one is free",
    "07",
    sessions(
      "  do session.anonName = `User${randomInt(100_000, 1_000_000)}`;\n  while (given.has(session.anonName));\n",
      '  let name = "";\n  while (name === "" || given.has(name))\n    name = `User${100_000 + (randomBytes(6).readUIntBE(0, 6) % 900_000)}`;\n  session.anonName = name;\n',
    ),
    view(
      "chat",
      "<p>You are <strong><%= name %></strong>.</p>",
      "<p>Others call you <b><%= name %></b></p>",
    ),
  ),
  ...right(
    "tabs are counted by hand",
    "08",
    app(
      "io.engine.use(useSession);",
      "const tabsOf = new Map<string, number>();\nio.engine.use(useSession);",
    ),
    app(
      'const tabs = io.of("/").adapter.rooms.get(room)?.size ?? 0;',
      "const tabs = tabsOf.get(room) ?? 0;",
    ),
    app(
      "  socket.join(room);\n",
      '  tabsOf.set(room, tabs + 1);\n  socket.on("disconnect", () => tabsOf.set(room, (tabsOf.get(room) ?? 1) - 1));\n',
    ),
  ),
  ...right(
    "in other words: no session, too many tabs",
    "08",
    app('"no session: load the page of the chat"', '"you have no session (open the chat first)"'),
    app('"too many tabs: close one, then load this page again"', '"these are too many tabs"'),
    script(
      'show("offline", `No connection: ${error.message}.`);',
      'show("offline", `Refused, because ${error.message}`);',
    ),
  ),
];
