import { expect, test } from "vitest";
import { type Answer, partsOf } from "./document.ts";
import { readDocument } from "./markdown.ts";
import { staleAnswers, withSeen } from "./update.ts";

const DATE = "2026-11-21T11:17:03.578Z";
const TEXT = `# A  \n
\`\`\`bash
one
\`\`\`

\`\`\`http
HTTP/1.1 200 OK

{"date": "${DATE}", "id": 1}
\`\`\`

- in a list:

  \`\`\`bash
  two
  \`\`\`
  \`\`\`text
  a

    b
  \`\`\`
`;

const document = readDocument("a.md", TEXT, 5001);
const [one, two] = partsOf(document, "command").map(({ answer }) => answer) as [Answer, Answer];
const seen = (text: string) => text.replace(DATE, "2030-01-01T00:00:00.000Z");

test("nothing changed but a date: nothing is written", () => {
  const all = [one, two].map((answer) => ({ answer, shown: seen(answer.text) }));
  expect(staleAnswers(all)).toEqual([]);
  expect(withSeen(document, all)).toBe(TEXT);
});

test("changed answers are written, and nothing else", () => {
  const all = [
    { answer: one, shown: seen(one.text).replace('"id": 1', '"id": 2') },
    { answer: two, shown: "a\n\n  c\nd" },
  ];
  expect(withSeen(document, all)).toBe(
    TEXT.replace('"id": 1', '"id": 2').replace("    b\n", "    c\n  d\n"),
  );
});

test("an answer that was empty, and one that becomes empty", () => {
  const empty = readDocument("a.md", "```bash\na\n```\n```text\n```\nend\n", 5001);
  const [answer] = partsOf(empty, "command").map((command) => command.answer) as [Answer];
  const filled = withSeen(empty, [{ answer, shown: "b" }]);
  expect(filled).toBe("```bash\na\n```\n```text\nb\n```\nend\n");
});
