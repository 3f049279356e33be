import { expect, test } from "vitest";
import { commandsToTry, plain, titleOf } from "./lesson.ts";

test.each([
  ["# connect to a database\n", "connect to a database"],
  ["\n\n#  `GET /api/users`  ##\n# second", "`GET /api/users`"],
  ["```bash\n# a comment\n```\n\n# the title", "the title"],
  ["## only a part\n", undefined],
  ["", undefined],
  ["# with Windows line ends\r\ntext\r\n", "with Windows line ends"],
])("the title of %j is %j", (markdown, expected) => {
  expect(titleOf(markdown)).toBe(expected);
});

test.each([
  ["a `POST /api/users` endpoint", "a POST /api/users endpoint"],
  ["`/front/messages/<user_id>` keeps track", "/front/messages/<user_id> keeps track"],
  [
    "GET /api/messages/with/<user_id>, *first* draft",
    "GET /api/messages/with/<user_id>, first draft",
  ],
  ["a **table** of [users](https://example.org)", "a table of users"],
  ["snake_case_name stays", "snake_case_name stays"],
])("%s in the terminal", (markdown, expected) => {
  expect(plain(markdown)).toBe(expected);
});

test("the commands to try: shell blocks under that heading, and no others", () => {
  const lesson = [
    "# title",
    "```bash\nbefore\n```",
    "## Try it",
    "```bash\n$ http :5001\nhttp POST :5001/api/users \\\n    name=Alice\n```",
    "```http\nHTTP/1.1 200 OK\n```",
    "### more",
    "~~~sh\ncurl -i localhost:5001\n~~~",
    "## What changed",
    "```bash\nafter\n```",
  ].join("\n");
  expect(commandsToTry(lesson)).toEqual([
    "http :5001",
    "http POST :5001/api/users \\",
    "    name=Alice",
    "curl -i localhost:5001",
  ]);
});
