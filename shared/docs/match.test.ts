import { expect, test } from "vitest";
import { refresh, sameByShape } from "./match.ts";

test.each([
  ["equal texts", "alice", "alice"],
  ["two dates", '"date": "2026-11-21T11:17:03.578Z"', '"date": "2031-01-02T03:04:05.006Z"'],
  ["two dates as a page shows them", "2026-11-21 11:17:03", "2031-01-02 03:04:05"],
  [
    "two dates of HTTP",
    "Date: Sat, 21 Nov 2026 11:17:03 GMT",
    "Date: Sun, 02 Jan 2028 03:04:05 GMT",
  ],
  ["two times in whole seconds", '"timestamp": 1795695600', '"timestamp": 1801234567'],
  ["two timings", "done in 9 ms", "done in 120 ms"],
  ["two timings with decimals", "0.25 s", "1.5 s"],
  ["two socket ids", "socket KXO4XVnpjKPJ6ZPWAAAB", "socket 4-_4XVnpjKPJ6ZPWAAAZ"],
  [
    "two names of saved files",
    "mine/.saved/chat-07-2026-03-05-142201.db",
    "mine/.saved/chat-07-2027-12-31-000000.db",
  ],
  ["line ends of Windows, and blanks at the end", "a\nb", "a\r\nb\n\n"],
])("the same: %s", (_, expected, seen) => {
  expect(sameByShape(expected, seen)).toBe(true);
});

test.each([
  ["another word", "alice", "bob"],
  ["another id", '"id": 1', '"id": 2'],
  ["a date without milliseconds", "2026-11-21T11:17:03.578Z", "2026-11-21T11:17:03Z"],
  ["a date without its zone", "2026-11-21T11:17:03.578Z", "2026-11-21T11:17:03.578"],
  ["a date in another form", "2026-11-21T11:17:03.578Z", "2026-11-21 11:17:03"],
  ["no date", '"date": "2026-11-21T11:17:03.578Z"', '"date": null'],
  ["another unit", "9 ms", "9 s"],
  ["seconds and milliseconds since 1970", "1795695600", "1795695600123"],
  ["a number of ten digits that is no time of today", "1795695600", "4795695600"],
  ["a number with and without decimals", "1 s", "1.5 s"],
  ["a number that is no timing", "9 messages", "8 messages"],
  ["a socket id that is too short", "socket KXO4XVnpjKPJ6ZPWAAAB", "socket KXO4"],
  ["another case", "Alice", "alice"],
  ["another indentation", "  a", "a"],
  ["a missing line", "a\nb", "a"],
  ["one line more", "a", "a\nb"],
])("not the same: %s", (_, expected, seen) => {
  expect(sameByShape(expected, seen)).toBe(false);
});

const dated = (id: number, date: string) => `{\n    "date": "${date}",\n    "id": ${id}\n}`;
const [then, now] = ["2026-11-21T11:17:03.578Z", "2027-01-01T00:00:00.000Z"];

test.each([
  ["a date beside a change stays", dated(8, then), dated(9, now), dated(9, then)],
  ["a date in a changed line stays", `${then} old`, `${now} new`, `${then} new`],
  ["a date whose form changed is written", then, "2027-01-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  ["a new date is written", `a ${then}`, `a ${now}\nb ${now}`, `a ${then}\nb ${now}`],
  ["a date that is gone goes", `a ${then}\nb ${then}`, `a ${now}`, `a ${then}`],
  ["nothing changed", dated(8, then), dated(8, now), dated(8, then)],
  ["all is new", "a", "b\nc", "b\nc"],
  ["blanks at the end are dropped", "a", "b\n\n", "b"],
])("what is written: %s", (_, expected, seen, written) => {
  expect(refresh(expected, seen)).toBe(written);
});
