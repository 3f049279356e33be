// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Edit, right } from "../table.ts";

const file = (name: string, from: string, to: string): Edit => [name, from, to];
const filter = (when: string) => `sum(clicks) FILTER (WHERE timestamp >= @${when})`;
const cases = (when: string) => `sum(CASE WHEN timestamp >= @${when} THEN clicks ELSE 0 END)`;

/** More apps that the checks have to accept, of the steps from 08 on. */
export const moreRightApps = [
  ...right(
    "CASE in SQL",
    "08 12 16",
    file("lib/store.ts", filter("day"), cases("day")),
    file("lib/store.ts", filter("hour"), cases("hour")),
  ),
  ...right(
    "a wave's keys in another order",
    "11",
    file("lib/store.ts", "{ id: null, ...given }", "{ ...given, id: null }"),
  ),
  ...right(
    "styles by a regular expression",
    "14",
    file(
      "lib/styles.ts",
      "isStyle(it),",
      'isStyle(it) && new RegExp(`^(${[...COLOURS, ...LINES].join("|")})( (${LINES.join("|")}))?$`).test(it),',
    ),
  ),
  ...right(
    "a command is found by a loop",
    "14b",
    file(
      "public/commands.js",
      "commandsOf(page).get(word)",
      "[...commandsOf(page)].find(([name]) => name === word)?.[1]",
    ),
  ),
  ...right(
    "text by append",
    "16",
    file(
      "public/statistics.js",
      "line.insertCell().textContent = `${value}`",
      "line.insertCell().append(`${value}`)",
    ),
  ),
  ...right(
    "hours by a loop",
    "16b",
    file(
      "public/statistics.js",
      "return Array.from({ length: 48 }, (_, at) => {\n    const timestamp = first + at * 3600;\n    return [timestamp, counts.get(timestamp) ?? 0];\n  });",
      "/** @type {[number, number][]} */\n  const list = [];\n  for (let timestamp = first; timestamp <= now; timestamp += 3600)\n    list.push([timestamp, counts.get(timestamp) ?? 0]);\n  return list;",
    ),
  ),
  ...right(
    "other words for what is not there",
    "17",
    app("`No route for ${req.method} ${req.originalUrl}`", '"There is nothing here"'),
  ),
  ...right(
    "the address of a page is parsed",
    "17",
    app('origin.split("//")[1] === host', "URL.parse(origin)?.host === host"),
  ),
];
