// @ts-check
import uPlot from "/api/uplot/uPlot.esm.js";

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
 * @param {(string | number | Node)[][]} rows
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
    // append() makes text of what is no element: what users wrote stays text.
    for (const value of row) line.insertCell().append(value instanceof Node ? value : `${value}`);
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

const meterOf = (/** @type {number} */ value, /** @type {number} */ max) => {
  const meter = document.createElement("meter");
  meter.max = max;
  meter.value = value;
  return meter;
};

/**
 * The last 48 hours, oldest first: an hour in which nothing was pressed has no row, and counts 0.
 * @param {{ timestamp: number, click_count: number }[]} hours
 * @returns {[number, number][]} when it began, and clicks
 */
const last48 = (hours) => {
  const counts = new Map(hours.map((hour) => [hour.timestamp, hour.click_count]));
  const now = Math.floor(Date.now() / 1000);
  const first = now - (now % 3600) - 47 * 3600;
  return Array.from({ length: 48 }, (_, at) => {
    const timestamp = first + at * 3600;
    return [timestamp, counts.get(timestamp) ?? 0];
  });
};

const timeOf = (/** @type {number} */ timestamp) =>
  new Date(timestamp * 1000).toISOString().slice(0, 16).replace("T", " ");

const draw = (/** @type {[number, number][]} */ hours) => {
  const chart = /** @type {HTMLElement} */ (document.querySelector("#chart"));
  const colour = getComputedStyle(chart).color;
  const axis = { stroke: colour, grid: { stroke: "#8886", width: 1 } };
  const options = {
    width: chart.clientWidth,
    height: 240,
    tzDate: (/** @type {number} */ timestamp) => uPlot.tzDate(new Date(timestamp * 1000), "UTC"),
    axes: [
      { ...axis, values: "{MM}-{DD}\n{HH}:{mm}" },
      { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 1000, 10_000] },
    ],
    series: [
      { value: "{MM}-{DD} {HH}:{mm}" },
      { label: "clicks", stroke: "#d6224f", width: 2, fill: "#d6224f33" },
    ],
  };
  const times = hours.map(([timestamp]) => timestamp);
  const clicks = hours.map(([, count]) => count);
  new uPlot(options, [times, clicks], chart);
};

try {
  const [hours, online, clicks, events, users, { version }] = await Promise.all([
    ask("/api/latest_hours"),
    ask("/api/online_users"),
    ask("/api/latest_clicks"),
    ask("/api/latest_events"),
    ask("/api/users"),
    ask("/api"),
  ]);
  const userRows = (/** @type {any[]} */ list) =>
    list.map((user) => [user.name, user.click_count, user.event_count]);
  const byName = countBy(events, ["name"]);
  const most = Number(byName[0]?.[1] ?? 0);
  draw(last48(hours));
  show(
    "hours",
    ["hour", "clicks"],
    last48(hours).map(([time, count]) => [timeOf(time), count]),
  );
  show("online", ["name", "clicks", "events"], userRows(online));
  show(
    "clicks",
    ["user", "comment", "clicks"],
    countBy(clicks, ["user", "comment"]),
    clicks.length,
  );
  show(
    "bars",
    ["event", "how often", ""],
    byName.map(([name = "", count = 0]) => [name, count, meterOf(Number(count), most)]),
  );
  show("events", ["user", "event", "how often"], countBy(events, ["user", "name"]), events.length);
  show("users", ["name", "clicks", "events"], userRows(users));
  notice.textContent = `step ${version}`;
} catch (error) {
  notice.textContent = `The figures cannot be loaded (${error}): reload the page to try again.`;
}
