// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, script } from "../table.ts";
import { chat, limits, lobby } from "./edits.ts";

/** 13c and 14: not too fast, and small groups. */
export const wrongGroups = [
  ...faults("13c", [
    [
      "one limit for all",
      "are sent",
      chat("    const mayWrite = makeLimit(5, 3000);\n", ""),
      chat(
        "  const lobby = new Lobby();\n",
        "  const lobby = new Lobby();\n  const mayWrite = makeLimit(5, 3000);\n",
      ),
    ],
    [
      "one limit for all tabs of a visitor",
      "each connection has its own five",
      chat(
        "    const mayWrite = makeLimit(5, 3000);\n",
        "    const mayWrite = limits.get(visitorId) ?? makeLimit(5, 3000);\n    limits.set(visitorId, mayWrite);\n",
      ),
      chat(
        "  const lobby = new Lobby();\n",
        "  const lobby = new Lobby();\n  const limits = new Map<string, () => boolean>();\n",
      ),
    ],
    [
      "what is refused counts, too",
      "three seconds",
      limits(
        "    if (times.length >= most) return false;\n    times.push(now);\n    return true;\n",
        "    return times.push(now) <= most;\n",
      ),
    ],
    [
      "refused, and heard all the same",
      "the partner does not hear it",
      chat(
        'if (!isAllowed()) throw createError(429, "too fast");',
        'if (!isAllowed()) acknowledge({ error: "too fast" });',
      ),
    ],
    ["one second", "in no three seconds", chat("makeLimit(5, 3000)", "makeLimit(5, 1000)")],
    [
      "each three seconds by the clock",
      "in no three seconds",
      limits(
        "    times = times.filter((at) => at > now - ms);\n",
        "    if (now - (times[0] ?? now) >= ms) times = [];\n",
      ),
    ],
    [
      "a bucket that fills up meanwhile",
      "in no three seconds",
      limits("  let times: number[] = [];\n", "  let [tokens, filled] = [most, clock()];\n"),
      limits(
        "    times = times.filter((at) => at > now - ms);\n    if (times.length >= most) return false;\n    times.push(now);\n    return true;\n",
        "    tokens = Math.min(most, tokens + ((now - filled) / ms) * most);\n    filled = now;\n    if (tokens < 1) return false;\n    tokens -= 1;\n    return true;\n",
      ),
    ],
    [
      "moves are free",
      "the 21st move is too fast",
      chat("makeLimit(20, 3000)", "makeLimit(2_000, 3000)"),
    ],
    [
      "one limit for the moves of all",
      "the 21st move is too fast",
      chat("    const mayMove = makeLimit(20, 3000);\n", ""),
      chat(
        "  const lobby = new Lobby();\n",
        "  const lobby = new Lobby();\n  const mayMove = makeLimit(20, 3000);\n",
      ),
    ],
    [
      "messages are moves",
      "of six messages at once five are sent",
      chat("const mayMove = makeLimit(20, 3000);", "const mayMove = mayWrite;"),
    ],
    [
      "who is too fast is cut off",
      "five are sent",
      chat(
        'if (!isAllowed()) throw createError(429, "too fast");',
        "if (!isAllowed()) return void io.disconnectSockets();",
      ),
    ],
    [
      "the page throws the text away",
      "keeps the text",
      script(
        '  else if (text.value === sent) text.value = "";',
        '  if (text.value === sent) text.value = "";',
      ),
    ],
  ]),
  ...faults("14", [
    [
      "sizes are mixed",
      "as many as were asked for meet",
      lobby(
        ".filter((member) => this.#queue.get(member)?.size === size)",
        ".filter(() => size > 0)",
      ),
    ],
    [
      "counted over all sizes",
      "counted apart",
      lobby("return this.waitingFor(size).length - 1;", "return this.#queue.size - 1;"),
    ],
    [
      "free places are filled again",
      "nobody is added",
      lobby(
        "    const rooms: Room[] = [];\n",
        "    for (const member of this.waitingFor(size)) {\n      const room = [...this.#rooms.values()].find((it) => it.slots === size && it.members.length < size);\n      if (!room) continue;\n      this.#queue.delete(member);\n      room.add(member);\n      this.#rooms.set(member, room);\n    }\n    const rooms: Room[] = [];\n",
      ),
    ],
    [
      "one alone has a room",
      "when one alone is left",
      lobby("    if (others.length === 1) this.#rooms.delete(others[0] as Member);\n", ""),
    ],
    [
      "when one goes, all go",
      "when one of three leaves",
      lobby(
        "    if (others.length === 1) this.#rooms.delete(others[0] as Member);\n",
        "    for (const other of others) this.#rooms.delete(other);\n",
      ),
    ],
    ["two are a group", "two never do", lobby("Math.min(size, 3)", "2")],
    [
      "as many as asked for, or nobody",
      "after five rounds",
      lobby("wanted >= Math.min(size, 3)", "wanted >= size"),
    ],
    ["at once with fewer", "after five rounds", lobby("PATIENT_ROUNDS = 5", "PATIENT_ROUNDS = 0")],
    [
      "who fits one fits all",
      "two tabs of one visitor are never in one group",
      lobby("fitting.slice(index + 1), size)", "later.slice(later.indexOf(other) + 1), size)"),
    ],
    [
      "the first who come, and no others",
      "nor is it missed because of one",
      lobby("      if (found) return found;\n", "      return found;\n"),
    ],
    [
      "smaller groups go first",
      "full groups go first",
      lobby(
        "for (let wanted = size; wanted >= Math.min(size, 3); wanted -= 1) {",
        "for (let wanted = Math.min(size, 3); wanted <= size; wanted += 1) {",
      ),
    ],
    [
      "any number is a size",
      "what is no size is refused",
      chat(
        'z.literal(SIZES, `must be one of ${SIZES.join(", ")}`)',
        'z.number(`must be one of ${SIZES.join(", ")}`)',
      ),
    ],
    [
      "a text is a size",
      "what is no size is refused",
      chat(
        "z.object({ size: Size.default(2) }",
        "z.object({ size: z.preprocess(Number, Size).default(2) }",
      ),
    ],
    [
      "next forgets the size",
      "a group of the same size",
      chat("lobby.join(member, size) };", "lobby.join(member) };"),
    ],
    [
      "a group of which one name is told",
      "hears the names of all others",
      chat("map((other) => other.name);", "map((other) => other.name).slice(0, 1);"),
    ],
    [
      "rounds for two alone",
      "as many as were asked for meet",
      chat(
        "SIZES.some((size) => lobby.waitingFor(size).length >= 2)",
        "lobby.waitingFor(2).length >= 2",
      ),
    ],
    [
      "a page takes any size for two",
      "the page of the chat takes a size",
      app(".pipe(Size).default(2)", ".pipe(Size).catch(2)"),
    ],
    [
      "the page does not say the size",
      "three pages meet",
      script("{ size: Number(messages.dataset.size) }", "{}"),
    ],
    [
      "the page goes when one goes",
      "three pages meet",
      script("  if (others.length === 0) show(", "  if (others.length >= 0) show("),
    ],
  ]),
];
