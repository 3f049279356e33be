import Slugger from "github-slugger";
import type { Code, Nodes, Parent, PhrasingContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { toString as textOf } from "mdast-util-to-string";
import { gfmTable } from "micromark-extension-gfm-table";
import { parse as parseHtml } from "node-html-parser";
import { commandsOf } from "./commands.ts";
import type { Answer, Document, Part } from "./document.ts";

/** The languages of a command's answer. */
const ANSWERS = new Set(["http", "text", "json", "console"]);
/** The languages of code that a lesson quotes. */
const QUOTED = new Set(["ts", "js", "html", "ejs", "css", "sql", "dockerfile"]);
/** Where a server on the reader's own machine answers. */
const LOCAL_ADDRESS = /^http:\/\/(?:localhost|127\.0\.0\.1):(\d+)(?:\/|$)/;

/**
 * Takes a Markdown file apart.
 * @param file its path, for messages
 * @param port where the server of its course answers
 */
export function readDocument(file: string, text: string, port: number): Document {
  const parts: Part[] = [];
  const problems: { line: number; section: string; message: string }[] = [];
  const slugger = new Slugger();
  const anchors: string[] = [];
  let section = "";

  const code = (node: Code, parent: Parent, index: number) => {
    const [line, lang] = [lineOf(node), node.lang ?? ""];
    const problem = (message: string) => problems.push({ line, section, message });
    if (!isFenced(text, node))
      problem("an indented block is easily overlooked: use a fenced one with a language");
    else if (lang === "bash") {
      const typed = commandsOf(node.value);
      if (typed.length === 0) problem("a bash block without a command");
      const below = parent.children[index + 1];
      const answer = below?.type === "code" && isAnswer(below) ? answerOf(text, below) : undefined;
      for (const [place, { text, offset }] of typed.entries()) {
        const at = { line: line + 1 + offset, section, first: place === 0 };
        const last = place === typed.length - 1;
        parts.push({ kind: "command", text, ...at, ...(last && answer && { answer }) });
      }
    } else if (isAnswer(node)) {
      const above = parent.children[index - 1];
      if (above?.type !== "code" || above.lang !== "bash")
        problem("an answer without a command: it goes right below a bash block");
    } else if (QUOTED.has(lang))
      parts.push({ kind: "quotation", lang, text: node.value, line: line + 1, section });
    else if (lang !== "")
      problem(
        `nothing checks a block of the language '${lang}': commands are bash, answers ${[...ANSWERS].join(", ")}, quotations ${[...QUOTED].join(", ")}`,
      );
  };

  const visit = (node: Nodes, parent?: Parent, index = 0, leads = false): void => {
    const at = { line: lineOf(node), section };
    if (node.type === "heading") {
      anchors.push(slugger.slug(textOf(node)));
      if (node.depth === 2) section = textOf(node);
    } else if (node.type === "code" && parent) code(node, parent, index);
    else if (node.type === "inlineCode")
      parts.push({ kind: "span", text: node.value, leads, ...at });
    else if (node.type === "link" || node.type === "image" || node.type === "definition")
      parts.push({ kind: "link", address: node.url, ...at });
    else if (node.type === "html")
      for (const address of addressesIn(node.value)) parts.push({ kind: "link", address, ...at });
    if (node.type === "paragraph" || node.type === "tableRow")
      for (const page of pagesOf(node))
        if (portIn(page.address) === port) parts.push({ kind: "page", ...page, section });
        else
          problems.push({
            line: page.line,
            section,
            message: `nothing looks at ${page.address}: the course's server answers on port ${port}`,
          });
    if (!("children" in node)) return;
    const isFirst = node.type === "listItem" || (leads && node.type === "paragraph");
    for (const [place, child] of node.children.entries())
      visit(child, node, place, isFirst && place === 0);
  };

  visit(
    fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }),
  );
  return { file, text, parts, anchors, problems };
}

function lineOf(node: Nodes): number {
  return node.position?.start.line ?? 0;
}

function isAnswer(node: Code): boolean {
  return ANSWERS.has(node.lang ?? "");
}

function isFenced(text: string, node: Code): boolean {
  return /^(?:`{3}|~{3})/.test(text.slice(node.position?.start.offset));
}

function answerOf(text: string, node: Code): Answer {
  const [first, last] = [lineOf(node) + 1, (node.position?.end.line ?? 0) - 1];
  const lines = text.split("\n");
  const offsetOf = (line: number) =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return {
    lang: node.lang ?? "",
    text: node.value,
    line: first,
    start: offsetOf(first),
    end: offsetOf(last + 1),
    indent: " ".repeat((node.position?.start.column ?? 1) - 1),
  };
}

function addressesIn(html: string): string[] {
  return parseHtml(html)
    .querySelectorAll("[href], [src]")
    .map((element) => element.getAttribute("href") ?? element.getAttribute("src") ?? "");
}

interface FoundPage {
  readonly address: string;
  readonly words: string[];
  readonly codes: string[];
  readonly line: number;
}

function portIn(address: string): number | undefined {
  const port = LOCAL_ADDRESS.exec(address)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** The local addresses that a block names with `<…>`, each with the words up to the next one. */
function pagesOf(block: Parent): FoundPage[] {
  const pages: FoundPage[] = [];
  const visit = (node: Nodes | PhrasingContent) => {
    if (node.type === "link" && textOf(node) === node.url && portIn(node.url) !== undefined)
      pages.push({ address: node.url, words: [], codes: [], line: lineOf(node) });
    else if (node.type === "strong") pages.at(-1)?.words.push(textOf(node).replace(/\s+/g, " "));
    else if (node.type === "inlineCode") pages.at(-1)?.codes.push(node.value);
    else if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(block as Nodes);
  return pages;
}
