import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { addFixtureCourse, TINY } from "../testkit/fixture-course.ts";
import { checkDocument, checkText } from "./check-documents.ts";
import { copyRepository, remove } from "./copy.ts";
import { explainFailure, type Failure } from "./failure.ts";
import { repository, runTest } from "./fixture.ts";
import { documentOf, runDocuments } from "./repository.ts";
import { updateDocuments } from "./update-documents.ts";

/** In ms: a document starts apps several times. */
const WITH_APPS = 300_000;
const FILES = ["README.md", "00/README.md", "01/README.md", "02/README.md", "03/README.md"];

/** A copy of this repository with a further course that differs from the chat. */
function withTiny(): string {
  const root = copyRepository(repository);
  onTestFinished(() => remove(root));
  addFixtureCourse(root);
  return root;
}

/** Changes one place of a file of the course. */
function change(root: string, file: string, from: string, to: string): void {
  const path = join(root, TINY, file);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replaceAll(from, to));
}

/** A server of somebody else: it answers everything, and remembers what it was asked. */
async function stranger(): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end("from a stranger");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, asked };
}

const said = (failures: readonly Failure[]) => failures.map(explainFailure).join("\n");

runTest("the page and the lessons of a further course are documents like others", () => {
  const root = withTiny();
  const documents = runDocuments(root);
  expect(documents).toEqual(expect.arrayContaining(FILES.map((file) => `${TINY}/${file}`)));
  for (const file of FILES)
    expect(said(checkText(root, documentOf(root, `${TINY}/${file}`)))).toBe("");
});

runTest(
  "its commands reach the server that was started for it, whoever listens on the course's port",
  async () => {
    const root = withTiny();
    const { port, asked } = await stranger();
    for (const file of ["course.json", ...FILES.slice(1)]) change(root, file, "5040", String(port));
    for (const file of ["00/README.md", "02/README.md", "03/README.md"]) {
      const scope = { pages: false, news: true };
      const { failures, counts } = await checkDocument(root, `${TINY}/${file}`, scope);
      expect(said(failures)).toBe("");
      expect(counts.commands).toBeGreaterThan(0);
    }
    expect(asked).toEqual([]);
  },
  WITH_APPS,
);

runTest(
  "a command to another port is a fault, is not run, and writes no answer",
  async () => {
    const root = withTiny();
    const { port, asked } = await stranger();
    const file = `${TINY}/00/README.md`;
    change(root, "00/README.md", "http :5040/", `http :${port}/`);
    const before = readFileSync(join(root, file), "utf8");
    let told = "";
    const stdout = { write: (text: string) => (told += text) };
    expect(await updateDocuments(root, [file], stdout)).toBe(false);
    expect(told).toContain(
      `one to port ${port}, where nothing of this course answers: it was not run`,
    );
    expect(readFileSync(join(root, file), "utf8")).toBe(before);
    expect(asked).toEqual([]);
  },
  WITH_APPS,
);

runTest(
  "a server that a lesson starts on a port of its own is asked there",
  async () => {
    const root = withTiny();
    const file = `${TINY}/00/README.md`;
    const second = "```bash\nPORT=5041 npx tsx sequels/tiny/00/app.ts\nhttp :5041/\n```\n\n";
    const answer = "```text\nwelcome, guest (version 00)\n```\n\n## What changed";
    change(root, "00/README.md", "## What changed", second + answer);
    const { failures, counts } = await checkDocument(root, file, { pages: false, news: false });
    expect(said(failures)).toBe("");
    expect(counts.commands).toBe(3);
  },
  WITH_APPS,
);

runTest(
  "what a lesson quotes of a module is looked for there, and so are the files that it names",
  () => {
    const root = withTiny();
    const file = `${TINY}/02/README.md`;
    change(root, "02/README.md", "  return { insertNote, listNotes };", "  return { listNotes };");
    change(root, "02/README.md", "- `lib/sessions.ts`: new.", "- `lib/session.ts`: new.");
    const text = said(checkText(root, documentOf(root, file)));
    expect(text).toContain("these lines in sequels/tiny/02/, word for word");
    expect(text).toContain("an item for lib/sessions.ts");
    expect(text).toContain("no file sequels/tiny/02/lib/session.ts");
  },
);

runTest("a page on another port, and another number of steps, are faults", () => {
  const root = withTiny();
  const page = "Open <http://localhost:5001/>, in 5 steps. `app-00.ts` … `app-04.ts`";
  change(root, "README.md", "## Stuck?", `${page}\n\n## Stuck?`);
  const text = said(checkText(root, documentOf(root, `${TINY}/README.md`)));
  expect(text).toContain(
    "nothing looks at http://localhost:5001/: the course's server answers on port 5040",
  );
  expect(text).toContain(
    "how many steps there are\n  expected\n    4, as in sequels/tiny/\n  seen\n    5\n",
  );
  expect(text).toContain(
    "which step is the last\n  expected\n    03, as in sequels/tiny/\n  seen\n    04\n",
  );
  // How many steps the chat has may be told: the course comes after it.
  change(root, "README.md", "in 5 steps. `app-00.ts` … `app-04.ts`", "in 4 steps, after 24 steps");
  change(root, "README.md", "localhost:5001", "localhost:5040");
  expect(said(checkText(root, documentOf(root, `${TINY}/README.md`)))).toBe("");
});

runTest("README.md with another number of steps than there are is a fault", () => {
  const root = withTiny();
  const path = join(root, "README.md");
  writeFileSync(path, readFileSync(path, "utf8").replace("In 24 steps", "In 23 steps"));
  expect(said(checkText(root, documentOf(root, "README.md")))).toMatch(
    /^README\.md:3: how many steps there are\n {2}expected\n {4}24, as in steps\//,
  );
});
