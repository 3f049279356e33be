// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Edit, faults, script } from "../table.ts";

const bucket = (from: string, to: string): Edit => ["lib/bucket.ts", from, to];
const sessions = (from: string, to: string): Edit => ["lib/sessions.ts", from, to];
const commands = (from: string, to: string): Edit => ["public/commands.js", from, to];
const statistics = (from: string, to: string): Edit => ["public/statistics.js", from, to];

/** 14 to 18: styles, commands, limits, statistics, production, the end. */
export const wrongLate = [
  ...faults("14", [
    [
      "any style",
      "anything else is refused",
      ["lib/styles.ts", '(it) => it === "" || isStyle(it)', "() => true"],
    ],
    [
      "the style is a class name",
      "no class names of what it does not know",
      [
        "public/styles.js",
        "    .filter((word) => COLOURS.includes(word) || LINES.includes(word))\n",
        "",
      ],
    ],
    [
      "the style is not sent",
      "kept, sent, and seen",
      script("      style: `${colourField.value} ${lineField.value}`,\n", ""),
    ],
  ]),
  ...faults("14b", [
    [
      "the small letters are thrown away",
      "large or small",
      commands(".trim().toLowerCase()", ".trim()"),
    ],
    [
      "a command is sent as a comment",
      "is no comment",
      script(
        '    localStorage.removeItem("comment");\n    return;\n',
        '    localStorage.removeItem("comment");\n',
      ),
    ],
    ["help forgets one", "/help names every command", commands("/stats the figures, ", "")],
  ]),
  ...faults("15", [
    [
      "one bucket for all",
      "stops nobody else",
      app("  const isAllowed = makeBucket(20);\n", ""),
      app('io.on("connection"', 'const isAllowed = makeBucket(20);\nio.on("connection"'),
    ],
    [
      "what is too fast is heard all the same",
      "20 go through",
      app(
        "    if (!stored) return;\n",
        '    if (!stored) {\n      io.emit("click", { id: 0, user: "Ada", comment: null, style: null, timestamp: now() });\n      return;\n    }\n',
      ),
    ],
    [
      "a bucket by the time of day",
      "a clock that is put",
      bucket("clock = () => performance.now()", "clock = () => Date.now()"),
    ],
    [
      "a bucket that grows without end",
      "for a longer pause",
      bucket(
        "Math.min(rate, tokens + ((time - filled) / 1000) * rate)",
        "tokens + ((time - filled) / 1000) * rate",
      ),
    ],
    [
      "who is too fast is cut off",
      "20 go through",
      app(
        'if (!isAllowed()) throw createError(429, "too fast");',
        "if (!isAllowed()) io.disconnectSockets();",
      ),
    ],
  ]),
  ...faults("15b", [
    [
      "each rename is told",
      "told once in two seconds",
      sessions("if (name === told || quiet) return;", "if (name === told) return;"),
    ],
    [
      "told after who has left",
      "whoever leaves is called as all have heard it",
      sessions("  clearTimeout(session?.quiet);\n", ""),
    ],
    [
      "the first name wins",
      "the last one",
      sessions("    tellName(session, tell);\n  }, 2000);", "  }, 2000);"),
    ],
  ]),
  ...faults("16", [
    [
      "HTML of strangers",
      "stays text",
      statistics(
        "line.insertCell().textContent = `${value}`;",
        "line.insertCell().innerHTML = `${value}`;",
      ),
    ],
    [
      "a list that is cut says nothing",
      "cut at 10,000",
      statistics("if (length >= MOST)", "if (length > MOST)"),
    ],
  ]),
  ...faults("16b", [
    [
      "gaps are left out",
      "48 hours",
      statistics(
        "  return Array.from({ length: 48 }",
        "  if (hours.length > 0) return hours.map((hour) => [hour.timestamp, hour.click_count]);\n  return Array.from({ length: 48 }",
      ),
    ],
    ["47 hours", "48 hours", statistics("{ length: 48 }", "{ length: 47 }")],
  ]),
  ...faults("17", [
    ["pages in production", "no pages", app("if (!IS_PRODUCTION) app.use", "app.use")],
    ["nobody is believed", "knows who asks", app('app.set("trust proxy", "loopback");', "")],
  ]),
  ...faults("18", [
    [
      "it ends with 1",
      "an orderly one",
      app("  db.close();\n};", "  db.close();\n  process.exit(1);\n};"),
    ],
    [
      "it is gone at once",
      "a request that has begun is answered",
      app("  clearTimeout(statsTimer);\n", "  process.exit(0);\n"),
    ],
    [
      "it never ends",
      "does not end within",
      app(
        "  await closed;\n  db.close();\n};",
        "  await closed;\n  setInterval(() => {}, 1000);\n};",
      ),
    ],
    [
      "all are told who leaves",
      "nobody is said to have left",
      app("if (name && !isStopping)", "if (name)"),
    ],
    [
      "well, whatever happens",
      "cannot be read",
      app("  currentStats();\n  res.json({ status", "  res.json({ status"),
    ],
  ]),
];
