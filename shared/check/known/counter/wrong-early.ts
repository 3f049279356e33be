import { app, faults, script } from "../table.ts";

/** 00 to 04: the frame, sockets, checked input, storing. */
export const wrongEarly = [
  ...faults("00", [
    ["the version at another path", "answers which step it is", app('"/api"', '"/api/version"')],
    ["the page counts by two", "the page counts 3", script("clicks += 1;", "clicks += 2;")],
    ["nineteen labels", "20 labels or more", ["public/labels.js", '  "Poke",\n', ""]],
    [
      "the same label each time",
      "another one after a reload",
      script("Math.floor(Math.random() * LABELS.length)", "7"),
    ],
    [
      "a label of no list",
      "20 labels or more",
      script("button.textContent = label;", "button.textContent = label.repeat(2);"),
    ],
    [
      "the label alone is read out",
      "screen reader says Press me",
      script("button.ariaLabel =", "button.title ="),
    ],
    [
      "what is read out hides the label",
      "screen reader says Press me",
      script("button.ariaLabel =", 'button.ariaLabel = "Press me";\nbutton.title ='),
    ],
    [
      "errors as HTML",
      "answered 404, in JSON",
      app("res.status(status).json({ error });", 'res.status(status).send("<h1>no</h1>");'),
    ],
  ]),
  ...faults("01", [
    [
      "the sender is left out",
      "and its sender, too",
      app('io.emit("click", click);', 'socket.broadcast.emit("click", click);'),
    ],
    [
      "any page may connect",
      "of another site may not",
      app('!origin || origin.split("//")[1] === host', "true || !origin || !host"),
    ],
    [
      "a host that only ends alike is ours",
      "of another site may not",
      app('origin.split("//")[1] === host', "origin.endsWith(String(host))"),
    ],
    [
      "the page counts its own press at once, and once more",
      "counted on another one, at once",
      script(
        'socket.emit("click", { user: "Guest" });',
        'socket.emit("click", { user: "Guest" });\n  heard += 1;',
      ),
    ],
    [
      "connections begin by polling",
      "does not begin it by polling",
      app('transports: ["websocket"],', ""),
    ],
  ]),
  ...faults("02", [
    [
      "a missing comment ends the server",
      "has its answer before",
      app(
        "  comment: text(75)\n    .nullish()\n    .transform((it) => it || null),",
        "  comment: z.any().transform((it) => it.trim() || null),",
      ),
    ],
    [
      "lengths in units of UTF-16",
      "counted as people count them",
      app("[...it].length <= most", "it.length <= most"),
    ],
    [
      "what is refused is heard all the same",
      "heard",
      app(
        "    const click = accept(",
        '    io.emit("click", values[0] as NewClick);\n    const click = accept(',
      ),
    ],
    [
      "the page counts before it has an answer",
      "when the server has acknowledged",
      script(
        "  if (!socket.connected) return;\n",
        "  clicks += 1;\n  session.textContent = String(clicks);\n  if (!socket.connected) return;\n",
      ),
    ],
    ["no acknowledgement", "a click is acknowledged {}", app("acknowledge({});", "")],
  ]),
  ...faults("03", [
    [
      "acknowledged before it is stored",
      "stored",
      app(
        "    const accepted = check(values[0]);\n    acknowledge({});\n",
        "    acknowledge({});\n    const accepted = check(values[0]);\n",
      ),
    ],
    [
      "the oldest first",
      "newest click comes first",
      app("timestamp DESC, id DESC", "timestamp, id"),
    ],
    [
      "days in local time",
      "first second of today, in UTC",
      app(
        "const dayStart = (time: number) => time - (time % 86_400);",
        "const dayStart = (time: number) => new Date(time * 1000).setHours(0, 0, 0, 0) / 1000;",
      ),
    ],
    [
      "milliseconds",
      "with the id and the time that the server gives",
      app("Math.floor(Date.now() / 1000)", "Date.now() / 1000 + 0.5"),
    ],
    [
      "a list without a bound",
      "422",
      app('10_000, "must', '100_000, "must'),
      app(".default(10_000)", ".default(100_000)"),
    ],
    [
      "SQL for clients",
      "nothing of SQL",
      app('expose ? message : "Internal server error"', "message"),
    ],
  ]),
  ...faults("04", [
    [
      "no transaction",
      "all or nothing",
      app(
        "const storeClick = db.transaction((input: NewClick): Click => {",
        "const storeClick = ((input: NewClick): Click => {",
      ),
    ],
    [
      "no order",
      "those with the most come first",
      app("ORDER BY clicks DESC, name LIMIT ?", "ORDER BY name LIMIT ?"),
    ],
    [
      "names without case",
      "told apart by every letter",
      app("name TEXT PRIMARY KEY", "name TEXT COLLATE NOCASE PRIMARY KEY"),
    ],
  ]),
];
