// @ts-check

const MOST = 10_000; // The longest list that the server sends.
const notice = /** @type {HTMLElement} */ (document.querySelector("#notice"));

const ask = async (/** @type {string} */ path) => {
  const response = await fetch(path);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
};

/**
 * Fills a table.
 * @param {string} id
 * @param {string[]} headings
 * @param {(string | number)[][]} rows
 * @param {number} length of the list that they were made of
 */
const show = (id, headings, rows, length = rows.length) => {
  const table = /** @type {HTMLTableElement} */ (document.querySelector(`#${id}`));
  const head = table.createTHead().insertRow();
  for (const text of headings) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = text;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    // Not innerHTML: what users wrote stays text.
    for (const value of row) line.insertCell().textContent = `${value}`;
  }
  if (rows.length === 0) table.createCaption().textContent = "nothing yet";
  if (length >= MOST) table.createCaption().textContent = `the first ${MOST}: there may be more`;
};

/**
 * How often each combination of some fields is in a list, the most frequent ones first.
 * @param {Record<string, string | null>[]} list
 * @param {string[]} fields
 * @returns {(string | number)[][]}
 */
const countBy = (list, fields) => {
  const counts = new Map();
  for (const each of list) {
    const key = JSON.stringify(fields.map((field) => each[field] ?? ""));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const sorted = [...counts].sort((one, two) => two[1] - one[1]);
  return sorted.map(([key, count]) => [...JSON.parse(key), count]);
};

try {
  const [online, clicks, events, users, { version }] = await Promise.all([
    ask("/api/online_users"),
    ask("/api/latest_clicks"),
    ask("/api/latest_events"),
    ask("/api/users"),
    ask("/api"),
  ]);
  const userRows = (/** @type {any[]} */ list) =>
    list.map((user) => [user.name, user.click_count, user.event_count]);
  show("online", ["name", "clicks", "events"], userRows(online));
  show(
    "clicks",
    ["user", "comment", "clicks"],
    countBy(clicks, ["user", "comment"]),
    clicks.length,
  );
  show("events", ["user", "event", "how often"], countBy(events, ["user", "name"]), events.length);
  show("users", ["name", "clicks", "events"], userRows(users));
  notice.textContent = `step ${version}`;
} catch (error) {
  notice.textContent = `The figures cannot be loaded (${error}): reload the page to try again.`;
}
