import { expect, test } from "vitest";
import { shownAs } from "./answer.ts";

const SEEN = `HTTP/1.1 302 Found
X-Powered-By: Express
Location: /front/users
Content-Length: 34

Found. Redirecting to /front/users
`;

test.each([
  [
    "no header",
    "HTTP/1.1 302 Found\n\nmoved",
    "HTTP/1.1 302 Found\n\nFound. Redirecting to /front/users",
  ],
  [
    "a header that matters",
    "HTTP/1.1 200 OK\nlocation: /\n\n",
    "HTTP/1.1 302 Found\nLocation: /front/users\n\nFound. Redirecting to /front/users",
  ],
  [
    "a header that is not sent",
    "HTTP/1.1 302 Found\nETag: 1\n\n",
    "HTTP/1.1 302 Found\n\nFound. Redirecting to /front/users",
  ],
])("of an answer, the document shows %s", (_, expected, shown) => {
  expect(shownAs({ lang: "http", text: expected }, SEEN)).toBe(shown);
});

test("an answer without a body", () => {
  const seen = "HTTP/1.1 204 No Content\nDate: today\n\n";
  expect(shownAs({ lang: "http", text: "HTTP/1.1 204 No Content" }, seen)).toBe(
    "HTTP/1.1 204 No Content",
  );
});

test("a body keeps its own empty lines", () => {
  const seen = "HTTP/1.1 200 OK\r\nA: b\r\n\r\none\n\ntwo\n";
  expect(shownAs({ lang: "http", text: "HTTP/1.1 200 OK\n\n" }, seen)).toBe(
    "HTTP/1.1 200 OK\n\none\n\ntwo",
  );
});

test.each(["text", "json", "console", "http"])("what is no HTTP is shown as it is: %s", (lang) => {
  expect(shownAs({ lang, text: "a" }, "http: error: connection refused\n")).toBe(
    "http: error: connection refused",
  );
});
