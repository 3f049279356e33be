// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, script } from "../table.ts";

const SEND =
  'for (const { id } of sent.room.members)\n      io.to(id).emit("message", { ...message, mine: id === member.id });';
const LEFT_BEHIND = "    for (const other of others) this.#rooms.delete(other);\n";

/** 01b and 02: who meets, and what they write. */
export const wrongMeeting = [
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
];
