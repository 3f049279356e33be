import { app, type Edit, right, script } from "../table.ts";

const store = (from: string, to: string): Edit => ["lib/store.ts", from, to];

/** Apps that the checks have to accept, though they are written differently. */
export const rightApps = [
  ...right(
    "JSON made by hand",
    "00 18",
    app(
      "res.json({ version: VERSION })",
      'res.type("json").send(JSON.stringify({ version: VERSION }))',
    ),
  ),
  ...right(
    "the page keeps its count as text",
    "00",
    script("clicks += 1;", "clicks = Number(session.textContent) + 1;"),
  ),
  ...right(
    "labels of one's own, picked by the clock and by chance",
    "00",
    ["public/labels.js", '"Boop"', '"Wer drückt, gewinnt"'],
    script("Math.random()", "((Math.random() + performance.now()) % 1)"),
  ),
  ...right(
    "sent to each one by itself",
    "01",
    app(
      'io.emit("click", click);',
      'for (const [, each] of io.of("/").sockets) each.emit("click", click);',
    ),
  ),
  ...right("other words for what is wrong", "02 03", app('"must not be empty"', '"is missing"')),
  ...right(
    "looked up, then inserted or updated",
    "04",
    app(
      "  INSERT INTO users (name, clicks) VALUES (?, 1)\n  ON CONFLICT (name) DO UPDATE SET clicks = clicks + 1",
      "  INSERT OR REPLACE INTO users (name, clicks, events)\n  SELECT name, coalesce(clicks, 0) + 1, coalesce(events, 0) FROM (SELECT ? AS name) LEFT JOIN users USING (name)",
    ),
  ),
  ...right(
    "the hour is written with each click already",
    "05",
    app(
      "  runningHour().click_count += 1;\n",
      "  runningHour().click_count += 1;\n  saveHour.run(hour);\n",
    ),
  ),
  ...right(
    "the disk is waited for",
    "06 07",
    app(
      '  db.pragma("journal_mode = WAL");\n',
      '  db.pragma("journal_mode = WAL");\n  db.pragma("synchronous = FULL");\n',
    ),
  ),
  ...right(
    "sums by total()",
    "08",
    store(
      "ifnull(sum(clicks), 0) AS click_count_total",
      "CAST(total(clicks) AS INTEGER) AS click_count_total",
    ),
  ),
  ...right("a slower timer for the figures", "09", app("  }, 250);", "  }, 400);")),
  ...right(
    "two lines instead of a chain",
    "10",
    app("  else if (before !== name) say(", "  if (before !== undefined && before !== name) say("),
  ),
  ...right(
    "looked at twice a second",
    "12",
    app("}, 1000);\n\n// --- errors", "}, 500);\n\n// --- errors"),
  ),
  ...right("another order of the question", "13", [
    "lib/milestones.ts",
    "clicks === 50 || (clicks > 0 && clicks % 100 === 0)",
    "(clicks % 100 === 0 && clicks !== 0) || clicks === 50",
  ]),
  ...right("the bucket is filled, then cut", "15 15b", [
    "lib/bucket.ts",
    "tokens = Math.min(rate, tokens + ((time - filled) / 1000) * rate);",
    "tokens += ((time - filled) * rate) / 1000;\n    if (tokens > rate) tokens = rate;",
  ]),
  ...right(
    "an answer of its own kind",
    "18",
    app('res.json({ status: "healthy" });', "res.json({ ok: true });"),
  ),
];
