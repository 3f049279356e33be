// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Edit, faults, script, style } from "../table.ts";

const store = (from: string, to: string): Edit => ["lib/store.ts", from, to];
const time = (from: string, to: string): Edit => ["lib/time.ts", from, to];
const sessions = (from: string, to: string): Edit => ["lib/sessions.ts", from, to];
const effects = (from: string, to: string): Edit => ["public/effects.js", from, to];
const toasts = (from: string, to: string): Edit => ["public/toasts.js", from, to];

/** 05 to 13: hours, crashes, snapshots, people, events, time, milestones. */
export const wrongCounting = [
  ...faults("05", [
    [
      "the running hour is not written at the end",
      "after a stop and a start",
      app("    saveRunningHour();\n    process.exit(0);", "    process.exit(0);"),
    ],
    [
      "the hour begins at 0 after a start",
      "after a stop and a start",
      app("  selectHour.get(timestamp) ?? { timestamp", "  ({ timestamp"),
      app("event_count: 0 };\nlet hour", "event_count: 0 });\nlet hour"),
    ],
    ["five days", "sixth day before today", app("- 6 * 86_400", "- 5 * 86_400")],
  ]),
  ...faults("06", [
    [
      "the hour is counted after the transaction, and later",
      "kill -9",
      app(
        "  countHour.run(hourStart(click.timestamp));\n",
        "  setTimeout(() => countHour.run(hourStart(click.timestamp)), 3000);\n",
      ),
    ],
    [
      "no transaction",
      "keeps all of a click or nothing",
      app("db.transaction((input: NewClick): Click => {", "((input: NewClick): Click => {"),
    ],
  ]),
  ...faults("07", [
    [
      "each click is read out",
      "not at each click",
      ["public/index.html", '<dd id="total">', '<dd id="total" role="status">'],
    ],
    [
      "the same is read out again and again",
      "not the same once more",
      script("if (counted && spoken.textContent !== text) spoken", "if (counted) spoken"),
    ],
    ["nothing is read out", "told the total", script("spoken.textContent = text;", "void text;")],
    [
      "a pause between reading and sending",
      "ends at the true total",
      app(
        '    to.emit("stats", currentStats());',
        '    const stats = currentStats();\n    setTimeout(() => to.emit("stats", stats), 30);',
      ),
    ],
    [
      "figures that cannot be read end the server",
      "end neither the app",
      app("    console.error(error);\n  }\n};\n\nio.on", "    throw error;\n  }\n};\n\nio.on"),
    ],
    [
      "today is all",
      "of today since 00:00 UTC",
      app(
        "WHERE timestamp >= @day), 0) AS click_count_today",
        "WHERE timestamp >= 0), 0) AS click_count_today",
      ),
    ],
    [
      "the page adds what it is told",
      "is there when it is back",
      script(
        "  counted = stats;\n",
        "  if (counted) counted.click_count_total += stats.click_count_total;\n  else counted = stats;\n",
      ),
    ],
  ]),
  ...faults("08", [
    ["hours of 60 seconds", "when a day and an hour began", time("time % 3600", "time % 60")],
    [
      "the store opens a file of its own",
      "makes its tables in any database",
      store(
        "export const openStore = (db: Database.Database) => {",
        "const shared: Database.Database[] = [];\nexport const openStore = (given: Database.Database) => {\n  const db = shared[0] ?? given;\n  shared[0] = db;",
      ),
    ],
  ]),
  ...faults("09", [
    [
      "a named connection alone counts",
      "named or not",
      app('io.of("/").sockets.size', "listSessions(10_000).length"),
    ],
    [
      "a session outlives its connection",
      "online users are those with a name",
      app("    endSession(socket.id);\n", ""),
    ],
    [
      "renamed, and counted anew",
      "counts",
      sessions(
        "{ click_count: 0, event_count: 0, ...before, name }",
        "{ click_count: 0, event_count: 0, name }",
      ),
    ],
    [
      "stats for each of all who come",
      "100 snapshots",
      app(
        "  if (statsTimer) return;\n  statsTimer = setTimeout(() => {\n    statsTimer = undefined;\n    tellStats(io);\n  }, 250);",
        "  tellStats(io);\n  if (statsTimer) return;",
      ),
    ],
  ]),
  ...faults("10", [
    [
      "a rename is not told",
      "told with the one before",
      app("else if (before !== name)", "else if (before === name && !name)"),
    ],
    [
      "a name is never announced",
      "has joined",
      app(
        "if (before === undefined) say(`${name} joined`);\n  else if (before !== name)",
        "if (before !== undefined && before !== name)",
      ),
    ],
    ["the same name is news", "no news", app("else if (before !== name) say(", "else say(")],
    [
      "who has no name has left",
      "comes and leaves in silence",
      app("if (name) say(`${name} left`);", "say(`${name} left`);"),
    ],
    ["HTML of strangers", "as text", toasts("toast.item.textContent =", "toast.item.innerHTML =")],
    ["toasts without a bound", "no more than 30", toasts("open.size > 30", "open.size > 300")],
  ]),
  ...faults("11", [
    ["a wave is counted", "counted nowhere", app("    if (event.id === null) return;\n", "")],
    [
      "a wave is stored",
      "stored nowhere",
      store("if (!STORED.includes(input.name))", "if (STORED.length === 0)"),
    ],
    [
      "any name passes",
      "not on the list is refused",
      store(
        'z.enum(EVENTS, `must be one of ${EVENTS.join(", ")}`)',
        'z.string() as unknown as z.ZodEnum<{ wave: "wave" }>',
      ),
    ],
    [
      "an event that the page does not know throws",
      "does not know",
      effects("  if (!effects.has(name)) return;\n", ""),
      effects("effects.get(name)?.();", "/** @type {any} */ (effects.get(name))();"),
    ],
    [
      "motion for everybody",
      "less motion",
      effects("if (calm.matches)", "if (calm.matches && !calm.matches)"),
    ],
  ]),
  ...faults(
    "11",
    [
      [
        "offline is said below the screen",
        "seen without scrolling",
        style("position: sticky;", "position: static;"),
      ],
    ],
    "02",
  ),
  ...faults("12", [
    [
      "it sleeps until the hour is over",
      "figures anew",
      app(
        "setInterval(() => {\n  if (hourStart(now()) === hour) return;\n  hour = hourStart(now());\n  tellStats(io);\n}, 1000);",
        "setTimeout(\n  () => {\n    hour = hourStart(now());\n    tellStats(io);\n  },\n  (hour + 3600 - now()) * 1000,\n);",
      ),
    ],
    [
      "told every second",
      "without a reason",
      app("  if (hourStart(now()) === hour) return;\n", ""),
    ],
    [
      "only forward",
      "and back",
      app("if (hourStart(now()) === hour) return;", "if (hourStart(now()) <= hour) return;"),
    ],
  ]),
  ...faults("13", [
    ["at 51", "50 clicks of a session", ["lib/milestones.ts", "clicks === 50", "clicks === 51"]],
    [
      "told to the sender alone",
      "told to all",
      app(
        "if (isPersonal(own)) say(`${click.user} has pressed ${own} times`);",
        'if (isPersonal(own))\n      socket.emit("message", { text: `${click.user} has pressed ${own} times`, style: null, type: "toast" });',
      ),
    ],
    [
      "each page decides for itself",
      "is a popup for all",
      app(
        '    if (isCommon(total)) say(`Press number ${total.toLocaleString("en")}!`, "popup");\n',
        "",
      ),
      script(
        "    counted.click_count_today += 1;\n",
        "    counted.click_count_today += 1;\n    if (counted.click_count_total % 10_000 === 0) popup.show();\n",
      ),
    ],
    [
      "ten thousand as a toast",
      "is a popup for all",
      app('`, "popup")', '`, "toast")'),
      app('!`, "toast")', "!`)"),
    ],
    [
      "the popup takes the keyboard",
      "takes the keyboard from nobody",
      script("popup.open = true;", "popup.show();"),
    ],
    [
      "the popup is not read out",
      "a screen reader is told",
      script("  spoken.textContent = text;\n  showEvent", "  showEvent"),
    ],
  ]),
];
