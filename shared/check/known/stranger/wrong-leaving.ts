// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, script } from "../table.ts";
import { lobby } from "./edits.ts";

const LEFT_BEHIND = "    for (const other of others) this.#rooms.delete(other);\n";

/** 03 and 04: leaving, rooms and the lobby. */
export const wrongLeaving = [
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
];
