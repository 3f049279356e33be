import { expect, test } from "vitest";
import { partsOf } from "./document.ts";
import { readDocument } from "./markdown.ts";

const read = (text: string) => readDocument("a.md", text, 5001);
const fenced = (lang: string, text: string) => `\`\`\`${lang}\n${text}\n\`\`\`\n`;

test("a command and the answer in the block right below it", () => {
  const text = `# A\n\n## Try it\n\n${fenced("bash", "ls")}\n${fenced("text", "a\n\nb")}`;
  const [command] = partsOf(read(text), "command");
  expect(command).toMatchObject({ text: "ls", line: 6, section: "Try it", first: true });
  expect(command?.answer).toMatchObject({ lang: "text", text: "a\n\nb", line: 10, indent: "" });
  expect(text.slice(command?.answer?.start, command?.answer?.end)).toBe("a\n\nb\n");
});

test("of several commands, the last one has the answer", () => {
  const commands = partsOf(read(`${fenced("bash", "cd a\nls")}${fenced("text", "b")}`), "command");
  expect(
    commands.map(({ text, line, first, answer }) => [text, line, first, answer?.text]),
  ).toEqual([
    ["cd a", 2, true, undefined],
    ["ls", 3, false, "b"],
  ]);
});

test("a command may go on in the next line; comments and empty lines are no commands", () => {
  const block = fenced("bash", "# first\na \\\n  b\n\nc <<END\nd\nEND");
  const commands = partsOf(read(block), "command");
  expect(commands.map(({ text, line }) => [line, text])).toEqual([
    [3, "a \\\n  b"],
    [6, "c <<END\nd\nEND"],
  ]);
});

test("a block inside a list or a folded hint counts, and its answer knows its indentation", () => {
  const text = `- a\n\n  \`\`\`bash\n  ls\n  \`\`\`\n\n  \`\`\`text\n  b\n    c\n  \`\`\`\n\n<details><summary>Hint</summary>\n\n${fenced("bash", "d")}\n</details>\n`;
  const [ls, d] = partsOf(read(text), "command");
  expect(ls?.answer).toMatchObject({ text: "b\n  c", indent: "  " });
  expect(text.slice(ls?.answer?.start, ls?.answer?.end)).toBe("  b\n    c\n");
  expect(d).toMatchObject({ text: "d", line: 15 });
});

test("an empty answer", () => {
  const text = `${fenced("bash", "a")}\n\`\`\`text\n\`\`\`\n`;
  const answer = partsOf(read(text), "command")[0]?.answer;
  expect(answer?.text).toBe("");
  expect(text.slice(answer?.start, answer?.end)).toBe("");
});

test("code in other languages is a quotation, a block without a language is not looked at", () => {
  const document = read(`${fenced("ts", "let a;")}\n${fenced("", "steps/  all")}`);
  expect(document.parts).toMatchObject([
    { kind: "quotation", lang: "ts", text: "let a;", line: 2 },
  ]);
  expect(document.problems).toEqual([]);
});

test.each([
  ["an answer without a command", fenced("text", "a"), 1],
  ["an answer behind prose", `${fenced("bash", "a")}\nwords\n\n${fenced("http", "b")}`, 7],
  ["an unknown language", fenced("python", "a"), 1],
  ["another name of bash", fenced("sh", "a"), 1],
  ["a block that is only indented", "words\n\n    ls\n", 3],
  ["an empty command block", "```bash\n```\n", 1],
])("nobody would check %s: it is named", (_, text, line) => {
  expect(read(text).problems).toMatchObject([{ line }]);
});

test("an address, with the bold words and the code spans behind it", () => {
  const item = "- Open <http://localhost:5001/a>: **one**, at `/b`, and\n  **two words**.\n";
  expect(partsOf(read(item), "page")).toMatchObject([
    { address: "http://localhost:5001/a", words: ["one", "two words"], codes: ["/b"], line: 1 },
  ]);
});

test("addresses in prose and in tables, each with its own words", () => {
  const text = `**No**: see <http://localhost:5001> **or** <http://127.0.0.1:5001/x> **so**.

| Address | shows |
| --- | --- |
| <http://localhost:5001/t> | **it** |
| <https://example.org> | **no** |
`;
  expect(partsOf(read(text), "page").map(({ address, words }) => [address, words])).toEqual([
    ["http://localhost:5001", ["or"]],
    ["http://127.0.0.1:5001/x", ["so"]],
    ["http://localhost:5001/t", ["it"]],
  ]);
});

test("links, pictures and definitions; HTML, too", () => {
  const text =
    '[a](b.md#c) ![d](e.png) [f][g] <a href="h.md">i</a>\n\n[g]: j.md\n\n<img src="k.png">\n';
  const links = partsOf(read(text), "link");
  expect(links.map(({ address }) => address)).toEqual(["b.md#c", "e.png", "h.md", "j.md", "k.png"]);
});

test("what looks like a link in a block of code is none", () => {
  expect(partsOf(read(fenced("text", "[a](b.md)")), "link")).toEqual([]);
});

test("anchors are those of GitHub", () => {
  const document = read("# `GET` it, *now*!\n\n## Same\n\n## Same\n");
  expect(document.anchors).toEqual(["get-it-now", "same", "same-1"]);
});

test("code spans, and those that begin a list item", () => {
  const spans = partsOf(read("## What changed\n\n- `app.ts`: the route `GET /a`\n"), "span");
  expect(spans.map(({ text, leads, section }) => [text, leads, section])).toEqual([
    ["app.ts", true, "What changed"],
    ["GET /a", false, "What changed"],
  ]);
});
