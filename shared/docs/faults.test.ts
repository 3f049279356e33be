import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { checkDocument, checkText } from "./check-documents.ts";
import { explainFailure } from "./failure.ts";
import { repository, runTest, withFault } from "./fixture.ts";
import { documentOf, runDocuments } from "./repository.ts";

async function reported(root: string, file: string): Promise<string> {
  const { failures } = await checkDocument(root, file, { pages: false, news: true });
  return failures.map(explainFailure).join("\n");
}

/** Without running anything: where a fault can be read off the files. */
const readOff = async (root: string, file: string): Promise<string> =>
  checkText(root, documentOf(root, file)).map(explainFailure).join("\n");

/** The line of a file that holds a text, counted from 1. */
function lineOf(root: string, file: string, text: string): number {
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

const LESSON = "steps/01c/README.md";
const LATER = "```bash\nhttp :5001/api/users\n```\n\n```http\nHTTP/1.1 200 OK\n\n[]\n```\n";

runTest.each([
  {
    fault: "a wrong status",
    from: "HTTP/1.1 200 OK",
    to: "HTTP/1.1 201 Created",
    at: "http :5001/api/version",
    says: [
      "expected\n    HTTP/1.1 201 Created",
      "seen\n    HTTP/1.1 200 OK",
      "npm run docs:update",
    ],
  },
  {
    fault: "a stale field",
    from: '"version": "01c"\n',
    to: '"number": "01c"\n',
    at: "http :5001/api/version",
    says: ['"number": "01c"', '"version": "01c"', `npm run docs:update -- ${LESSON}`],
  },
  {
    fault: "a command that belongs to a later step",
    from: "## What changed",
    to: `${LATER}\n## What changed`,
    at: "http :5001/api/users",
    says: ["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"],
  },
  {
    fault: "such a command, without an answer",
    from: "## What changed",
    to: "```bash\nhttp :5001/api/users\n```\n\n## What changed",
    at: "http :5001/api/users",
    says: ["a command that succeeds", "HTTP/1.1 404 Not Found"],
  },
  {
    fault: "a command that does not exist",
    from: "## What changed",
    to: "```bash\nhtttp :5001/\n```\n\n## What changed",
    at: "htttp :5001/",
    says: ["command not found", "(exit code 127)"],
  },
  {
    fault: "a quotation with one changed word",
    check: readOff,
    from: "  res.json({ version: VERSION });",
    to: "  res.send({ version: VERSION });",
    at: 'app.get("/api/version"',
    says: ["these lines in steps/01c/, word for word"],
  },
  {
    fault: "a dead link",
    check: readOff,
    from: "The question sounds simple",
    to: "[The question](../99/README.md) sounds simple",
    at: "[The question]",
    says: ["the link ../99/README.md", "steps/99/README.md is not in the repository"],
  },
  {
    fault: "a drawing that is not there",
    check: readOff,
    from: "The question sounds simple",
    to: "![the page](lesson/page.svg) The question sounds simple",
    at: "![the page]",
    says: ["the link lesson/page.svg", "steps/01c/lesson/page.svg is not in the repository"],
  },
  {
    fault: "a link to a heading that is not there",
    check: readOff,
    from: "The question sounds simple",
    to: "[The question](../00/README.md#try-this) sounds simple",
    at: "[The question]",
    says: ["no heading #try-this", "#try-it"],
  },
  {
    fault: "a block that nothing would check",
    check: readOff,
    from: "```bash\nhttp :5001/\n",
    to: "```shell\nhttp :5001/\n",
    at: "```shell",
    says: ["the language 'shell'"],
  },
])(
  "$fault is reported with its file and line",
  async ({ from, to, at, says, check = reported }) => {
    const root = withFault(LESSON, from, to);
    const text = await check(root, LESSON);
    expect(text).toContain(`${LESSON}:${lineOf(root, LESSON, at)}: `);
    for (const words of says) expect(text).toContain(words);
  },
);

runTest("the closing page is a document like others: it is run on the last step", async () => {
  const file = "steps/END.md";
  expect(runDocuments(repository)).toContain(file);
  const root = withFault(
    file,
    "## What you built",
    '```bash\nhttp :5001/api/version\n```\n\n```json\n{\n    "version": "18"\n}\n```\n\n[gone](20/README.md)',
  );
  const text = await reported(root, file);
  expect(text).toContain('{"version":"19"}');
  expect(text).toContain("steps/20/README.md is not in the repository");
});

runTest("a renamed file is reported: where it is named, and what is quoted from it", async () => {
  const file = "steps/04/README.md";
  const root = withFault(file, "# `/front", "# `/front");
  renameSync(join(root, "steps/04/views/users.ejs"), join(root, "steps/04/views/people.ejs"));
  const text = await reported(root, file);
  const line = lineOf(root, file, "- `views/users.ejs`");
  expect(text).toContain(`${file}:${line}: views/users.ejs`);
  expect(text).toContain("an item for views/people.ejs");
  // The page is broken, too.
  expect(text).toContain("curl -s http://localhost:5001/front/users | grep -o");
});

runTest("a lesson that shows nothing new is reported", async () => {
  const root = withFault(LESSON, "http :5001/api/version\n```", "http :5001/\n```");
  const text = readFileSync(join(root, LESSON), "utf8");
  const answer = '{\n    "version": "01c"\n}';
  writeFileSync(
    join(root, LESSON),
    text.replace(answer, "hello, this is a chat app! (version 01c)"),
  );
  expect(await reported(root, LESSON)).toBe(
    explainFailure({
      file: LESSON,
      line: 1,
      what: "what the lesson of steps/01c shows as new",
      expected: "an answer that the code of steps/01b does not give",
      seen: "every answer of the lesson is given there, too",
    }),
  );
});

runTest("a step that does not start is reported with what it printed", async () => {
  const root = withFault("steps/01c/app.ts", "const app = ", "const app == ");
  expect(await reported(root, LESSON)).toMatch(
    /steps\/01c\/README\.md:1: the run of this document\n.*SyntaxError/s,
  );
});

runTest("a server that cannot start is reported, and the lines below it are run", async () => {
  const [start, ask] = ["```bash\nnpm start -- 20\n```", "```bash\nhttp :5001/\n```"];
  const root = withFault(LESSON, "## What changed", `${start}\n\n${ask}\n\n## What changed`);
  const { failures, counts } = await checkDocument(root, LESSON, { pages: false, news: false });
  expect(failures.map(({ what, seen }) => [what, seen])).toEqual([
    ["npm start -- 20", expect.stringContaining("unknown step '20'")],
  ]);
  expect(counts.commands).toBe(4);
});
