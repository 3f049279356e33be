import { app, faults, script } from "../table.ts";
import { lobby } from "./edits.ts";

const SHUFFLED = "const shuffled = [...things];\n";
const PASSED = "return this.#clock() - Math.max(...since) >= PARTED_MS;";

/** 05 and 06: chance, and somebody else. */
export const wrongRounds = [
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
