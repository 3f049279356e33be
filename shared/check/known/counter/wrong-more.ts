// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Edit, faults, script } from "../table.ts";

const store = "storeClick(NewClick.parse(input)));\n    // To all, the sender included";
const emit = 'if (click) io.emit("click", click);';
const cells = (from: string, to: string): Edit => ["public/statistics.js", from, to];

/** More faults of all steps: what is told too early, lost at an hour's end, or said more than once. */
export const wrongMore = [
  ...faults("01", [
    [
      "messages of any size",
      "harms nobody but who sent it",
      app("  maxHttpBufferSize: 20_000,\n", "  maxHttpBufferSize: 1_000_000,\n"),
    ],
  ]),
  ...faults("02", [
    [
      "told before it is acknowledged",
      "has its answer before",
      app(
        "(input) => NewClick.parse(input));",
        '(input) => {\n      const told = NewClick.parse(input);\n      io.emit("click", told);\n      return told;\n    });',
      ),
      app(emit, "if (!click) return;"),
    ],
    [
      "lengths are the page's affair",
      "16 characters as a name",
      app("[...it].length <= most", "[...it].length <= 1000 * most"),
    ],
  ]),
  ...faults("03", [
    [
      "told before it is stored",
      "nobody hears of it",
      app(
        store,
        '{\n      const click = NewClick.parse(input);\n      const id = db.prepare("SELECT ifnull(max(id), 0) + 1 FROM clicks").pluck().get() as number;\n      io.emit("click", { ...click, id, timestamp: now() });\n      return storeClick(click);\n    });\n    // To all, the sender included',
      ),
      app(emit, "if (!click) return;"),
    ],
  ]),
  ...faults("05", [
    [
      "the hour that is over is thrown away",
      "the hour before keeps what it had",
      app("    saveRunningHour();\n    hour = openHour", "    hour = openHour"),
    ],
    [
      "the old hour goes on under the new one",
      "the hour before keeps what it had",
      app(
        "    saveRunningHour();\n    hour = openHour(timestamp);",
        "    hour = { ...hour, timestamp };",
      ),
    ],
  ]),
  ...faults("06", [
    [
      "the running hour begins anew with each start",
      "kill -9",
      app(
        "const countHour = db.prepare",
        'db.prepare("DELETE FROM hours WHERE timestamp = ?").run(hourStart(now()));\nconst countHour = db.prepare',
      ),
    ],
    [
      "acknowledged now, stored a little later",
      "kill -9",
      app(
        `(input) => ${store}`,
        "(it) => NewClick.parse(it));\n    // To all, the sender included",
      ),
      app(emit, 'if (click) setTimeout(() => io.emit("click", storeClick(click)), 50);'),
    ],
  ]),
  ...faults("07", [
    [
      "a click is told a moment after it is counted",
      "ends at the true total",
      app(emit, 'if (click) setTimeout(() => io.emit("click", click), 20);'),
    ],
    [
      "the figures are sent a turn after they are read",
      "read and sent in one turn",
      app(
        '    to.emit("stats", currentStats());',
        '    const stats = currentStats();\n    setImmediate(() => to.emit("stats", stats));',
      ),
    ],
  ]),
  ...faults("09", [
    [
      "a name takes a moment, and its connection is gone meanwhile",
      "is gone at once",
      app(
        'socket.on("auth", (...values) => {\n',
        'socket.on("auth", async (...values) => {\n    await new Promise((done) => setTimeout(done, 50));\n',
      ),
    ],
  ]),
  ...faults("13", [
    [
      "said once for each who is here",
      "is a popup for all",
      app(
        "if (isCommon(total)) say(",
        'if (isCommon(total)) for (const _ of io.of("/").sockets) say(',
      ),
    ],
    [
      "a page shows it as long as the figure is round",
      "two pages show the popup once each",
      script(
        "  counted = stats;\n",
        "  counted = stats;\n  if (stats.click_count_total > 0 && stats.click_count_total % 10_000 === 0) popup.show();\n",
      ),
    ],
  ]),
  ...faults(
    "16b",
    [
      [
        "HTML of strangers, since there are bars",
        "stays text",
        cells(
          "line.insertCell().append(value instanceof Node ? value : `${value}`);",
          "if (value instanceof Node) line.insertCell().append(value);\n      else line.insertCell().innerHTML = `${value}`;",
        ),
      ],
    ],
    "16",
  ),
  ...faults("17", [
    [
      "pages where somebody asks for them alone",
      "without NODE_ENV",
      app("if (!IS_PRODUCTION) app.use", 'if (process.env.NODE_ENV === "development") app.use'),
    ],
  ]),
  ...faults("18", [
    [
      "sockets are left open, and hold it",
      "does not end within",
      app(
        "const closed = io.close();",
        "const closed = new Promise((done) => server.close(done));",
      ),
    ],
    [
      "clicks are acknowledged, and lie in memory for a while",
      "every acknowledged click is stored",
      app(
        "isAllowed, (input) => storeClick(NewClick.parse(input)));\n    if (!stored) return;\n    const { click, total } = stored;",
        "isAllowed, (input) => NewClick.parse(input));\n    if (!stored) return;\n    setTimeout(() => {\n    if (!db.open) return;\n    const { click, total } = storeClick(stored);",
      ),
      app('!`, "popup");\n', '!`, "popup");\n    }, 400);\n'),
    ],
  ]),
];
