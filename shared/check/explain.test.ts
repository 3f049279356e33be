import { expect, test } from "vitest";
import { showBoth } from "./difference.ts";
import { explain } from "./explain.ts";
import { aboutList } from "./lists.ts";

const message = (id: number, content = `message ${id}`) => ({ id, author_id: 1, content });
const messages = [1, 2, 3, 4, 5, 6, 7].map((id) => message(id));
const pick = (...ids: number[]) => ids.map((id) => message(id));
const rows = ["one", "two", "three"];

test.for([
  ["one twice", pick(1, 2, 3, 4, 4, 5, 6, 7), "message 4 came twice"],
  ["one three times", pick(1, 1, 1, 2, 3, 4, 5, 6, 7), "message 1 came 3 times"],
  ["one missing", pick(1, 2, 4, 5, 6, 7), "message 3 is missing"],
  ["the last two missing", pick(1, 2, 3, 4, 5), "messages 6 and 7 are missing"],
  [
    "one missing, one twice",
    pick(1, 2, 2, 4, 5, 6, 7),
    "message 3 is missing, and message 2 came twice",
  ],
  ["none", [], "the list is empty: all 7 messages are missing"],
  ["one more", [...messages, message(8)], /^one message too many: \{"id": 8, /],
  ["two exchanged", pick(1, 3, 2, 4, 5, 6, 7), "messages 2 and 3 are in the other order"],
  ["reversed", pick(7, 6, 5, 4, 3, 2, 1), "the messages are in the reverse order"],
  ["the first one last", pick(2, 3, 4, 5, 6, 7, 1), "message 1 is in another place: it comes last"],
  [
    "one too early",
    pick(1, 6, 2, 3, 4, 5, 7),
    "message 6 is in another place: it comes before message 2",
  ],
  ["a mess", pick(3, 1, 2, 7, 4, 6, 5), /another order: 3, 1, 2, 7, 4, 6, 5 instead of 1, 2, 3/],
  ["another value", [...pick(1, 2, 3), message(4, "changed"), ...pick(5, 6, 7)], undefined],
  ["no list", { messages }, undefined],
] as const)("a list with %s is told in a sentence", ([, received, sentence]) => {
  const said = aboutList(messages, received);
  if (typeof sentence === "object") expect(said).toMatch(sentence);
  else expect(said).toBe(sentence);
});

test("lists of texts are rows with their text, and dates may vary", () => {
  expect(aboutList(rows, ["one", "two", "two", "three"], "row")).toBe('row 2 ("two") came twice');
  expect(aboutList(rows, ["two", "one", "three"], "row")).toBe(
    "rows 1 and 2 are in the other order",
  );
  const varying = messages.map((it) => ({ ...it, date: expect.any(String) }));
  const dated = [...messages, messages[3]].map((it) => ({ ...it, date: "today" }));
  expect(aboutList(varying, dated)).toBe("message 4 came twice");
  expect(aboutList([2, 4, 6], [2, 4, 4, 6])).toBe("number 4 came twice");
  expect(aboutList({ status: 200, json: messages }, { status: 200, json: pick(1) })).toMatch(
    /^messages 2, 3, 4, 5, 6 and 7 are missing$/,
  );
  expect(aboutList([{ id: 1 }, { id: 2 }], [{ id: 1, name: "" }], "item", true)).toBe(
    "item 2 is missing",
  );
});

const long = (middle: string) => `${"a".repeat(1000)}${middle}${"b".repeat(1000)}`;

test.for([
  ["a letter in a long text", long("x"), long("y")],
  ["the end of a long text", "a".repeat(1000), `${"a".repeat(1000)}b`],
  [
    "a field of a long list",
    messages.map((it) => ({ ...it, text: long("x") })),
    messages.map((it) => ({ ...it, text: long(it.id === 5 ? "y" : "x") })),
  ],
  [
    "a repeated item of a long list",
    [...Array(99).fill("same"), "end"],
    [...Array(100).fill("same"), "end"],
  ],
  [
    "a line of many",
    `${"line\n".repeat(100)}end`,
    `${"line\n".repeat(50)}Line\n${"line\n".repeat(49)}end`,
  ],
  ["a letter that looks alike", `${"a".repeat(300)} caf\u00e9`, `${"a".repeat(300)} cafe\u0301`],
  ["a sign that is not seen", "a\u200bb", "ab"],
  ["a space that is none", "a\u00a0b", "a b"],
  ["a long value against a short one", messages, []],
] as const)("%s: two short texts that do not look equal", ([, expected, received]) => {
  const both = showBoth(expected, received);
  const looks = Object.values(both).map((it) => it.normalize("NFKC").replace(/\p{Cf}/gu, ""));
  expect(looks[0]).not.toBe(looks[1]);
  for (const text of Object.values(both)) expect(text.length).toBeLessThan(800);
});

test("long values are shown where they differ, line by line", () => {
  const changed = messages.map((it) => (it.id === 4 ? { ...it, content: "4 messages" } : it));
  expect(showBoth({ status: 200, json: messages }, { status: 200, json: changed })).toEqual({
    expected: `"json": …
  {"id": 3, "author_id": 1, "content": "message 3"},
  {"id": 4, "author_id": 1, "content": "message 4"},
  {"id": 5, "author_id": 1, "content": "message 5"},
  {"id": 6, "author_id": 1, "content": "message 6"},
…`,
    received: `"json": …
  {"id": 3, "author_id": 1, "content": "message 3"},
  {"id": 4, "author_id": 1, "content": "4 messages"},
  {"id": 5, "author_id": 1, "content": "message 5"},
  {"id": 6, "author_id": 1, "content": "message 6"},
…`,
  });
  const { expected } = showBoth(long("x"), long("y"));
  expect(expected).toMatch(/^… a{50}xb+ …$/);
});

test("what may vary, further fields and the order of fields are no difference", () => {
  const expected = messages.map((it) => ({ ...it, date: expect.any(String) }));
  const received = messages.map(({ id, author_id, content }) => {
    return { extra: true, date: "2026-01-01", content: id === 6 ? "six" : content, author_id, id };
  });
  const both = showBoth(expected, received, true);
  expect(both.expected).toContain('"content": "message 6", "date": "2026-01-01"}');
  expect(both.received).toContain('"content": "six", "date": "2026-01-01"}');
});

const grey = (text: string) => `\u001b[2m${text}\u001b[22m`;
const late = (action: string, ...log: string[]) =>
  [
    `${action}: Timeout 5000ms exceeded.`,
    "Call log:",
    ...log.map((it) => grey(`  - ${it}`)),
    "",
  ].join("\n");
const clicking = [
  "waiting for locator('form button').first()",
  "locator resolved to <button>Send</button>",
];

test.for([
  [
    "a click on what is not there",
    late("locator.click", "waiting for locator('form').locator('button').first()"),
    'the page /front/users did not have an element "form button" within 5 s, so that a user could not click it',
  ],
  [
    "a click on what is covered",
    late(
      "locator.click",
      ...clicking,
      "waiting for element to be visible, enabled and stable",
      "element is visible, enabled and stable",
      '<div class="cover">…</div> from <main>…</main> subtree intercepts pointer events',
      "retrying click action",
    ),
    'a user could not click an element "form button" on the page /front/users within 5 s: it lies under <div class="cover">…</div>',
  ],
  [
    "a click on what is disabled",
    late("locator.click", ...clicking, "element is not enabled", "retrying click action"),
    'a user could not click an element "form button" on the page /front/users within 5 s: it is disabled',
  ],
  [
    "a field that is read-only",
    late(
      "locator.fill",
      "waiting for locator('input')",
      "locator resolved to <input readonly/>",
      "element is not editable",
    ),
    'a user could not write into an element "input" on the page /front/users within 5 s: it is read-only',
  ],
  [
    "an option that is missing",
    late(
      "locator.selectOption",
      "waiting for locator('form select')",
      "locator resolved to <select>…</select>",
      "did not find some options",
    ),
    'a user could not choose an option of an element "form select" on the page /front/users within 5 s: it has no such option',
  ],
  [
    "a row that does not come",
    late(
      "locator.waitFor",
      "waiting for locator('tbody tr').filter({ hasText: 'it\\'s' }) to be visible",
    ),
    `the page /front/users did not have an element "tbody tr" with the text 'it's' within 5 s`,
  ],
  [
    "what stays",
    late(
      "locator.waitFor",
      "waiting for locator('p') to be detached",
      "8 × locator resolved to visible <p>1</p>",
    ),
    'the page /front/users still had an element "p" after 5 s, which was to go away',
  ],
  [
    "two where one is expected",
    "locator.click: Error: strict mode violation: locator('p') resolved to 2 elements:\n    1) <p>1</p> aka getByText('1')\n",
    'the page /front/users has 2 times an element "p", where one was expected',
  ],
  [
    "no field",
    "locator.fill: Error: Element is not an <input>, <textarea>, <select> or [contenteditable]\nCall log:\n  - waiting for locator('p')\n    - locator resolved to <p>x</p>\n",
    'a user could not write into an element "p" on the page /front/users: it is no field that one can write into',
  ],
  [
    "a mistake in a script",
    "page.evaluate: ReferenceError: x is not defined\n    at eval (eval at evaluate (:370:30), <anonymous>:1:9)",
    "a script on the page /front/users failed: ReferenceError: x is not defined",
  ],
  [
    "no connection",
    "page.goto: net::ERR_CONNECTION_REFUSED at http://127.0.0.1:1/\nCall log:\n  - navigating",
    "the page /front/users could not be opened: the app does not accept a connection",
  ],
  [
    "a page that never ends",
    late("page.goto", 'navigating to "http://127.0.0.1:1/", waiting until "load"'),
    "the page /front/users was not loaded completely within 5 s: does the app answer it, and all that it asks for, and does its script ever pause?",
  ],
  [
    "a condition",
    "page.waitForFunction: Timeout 5000ms exceeded.",
    "the page /front/users did not do within 5 s what was waited for",
  ],
  [
    "an address",
    'page.waitForURL: Timeout 5000ms exceeded.\n=== logs ===\nwaiting for navigation to "**/x" until "load"\n===',
    "the page /front/users did not lead to **/x within 5 s",
  ],
  [
    "a page that is gone",
    "locator.click: Target page, context or browser has been closed",
    "the page /front/users was gone all at once: does its script use up all memory, or close the window?",
  ],
] as const)("the browser's driver on %s: a plain sentence", ([, text, sentence]) => {
  const error = new Error(text);
  const miss = explain(error, [{ kind: "page", sent: "a browser opens /front/users" }]);
  expect(miss).toEqual({ sent: "a browser opens /front/users", sentence });
});

test("no colour codes reach a learner", () => {
  expect(explain(new Error(grey("grey")), [])).toEqual({ sentence: "grey" });
});
