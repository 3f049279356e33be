import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fromMarkdown } from "mdast-util-from-markdown";
import { titleOf } from "../../../shared/course/lesson.ts";

/** Something in a lesson that a reader would otherwise see as garbage. */
export interface Fault {
  readonly line: number;
  /** What is wrong, and the cure, in one line. */
  readonly message: string;
}

type Node = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>["children"][number];

/**
 * Any text is Markdown; what is broken shows as something that its author did not mean. This finds
 * what can be told: code blocks and folds that never end, links that lead nowhere, no title.
 * @param file absolute path of the lesson: its links start there
 */
export function faultsOf(markdown: string, file: string): Fault[] {
  const lines = markdown.split(/\r?\n/);
  const faults: Fault[] = [];
  if (titleOf(markdown) === undefined)
    faults.push({
      line: 1,
      message: "there is no title: begin with a line such as '# create a table'",
    });
  let html = "";
  const visit = (node: Node): void => {
    const [first, last] = [node.position?.start.line ?? 1, node.position?.end.line ?? 1];
    if (node.type === "code") {
      const fence = /^\s*(`{3,}|~{3,})/.exec(
        (lines[first - 1] ?? "").replace(/^[\s>*+-]*(?=[`~])/, ""),
      );
      const end = (lines[last - 1] ?? "").replace(/^[\s>]*/, "").trimEnd();
      const closed = last > first && fence?.[1] !== undefined && end.startsWith(fence[1]);
      if (fence !== null && !closed)
        faults.push({
          line: first,
          message: `the code block that begins here never ends: close it with ${fence[1]}`,
        });
    }
    if (node.type === "html") html += node.value;
    if ((node.type === "link" || node.type === "image") && isMissing(node.url, file))
      faults.push({ line: first, message: `the link to '${node.url}' leads nowhere` });
    if (node.type === "text" && /\]\([^)\s]*$/m.test(node.value))
      faults.push({ line: first, message: "a link's address is not closed: add the missing )" });
    if ("children" in node) for (const child of node.children) visit(child as Node);
  };
  visit(fromMarkdown(markdown));
  for (const tag of ["details", "summary"]) {
    const [open, close] = [count(html, `<${tag}`), count(html, `</${tag}>`)];
    if (open !== close) {
      const line = lines.findLastIndex((each) => each.includes(`<${tag}`)) + 1;
      const missing = open > close ? `</${tag}>` : `<${tag}>`;
      faults.push({
        line: Math.max(1, line),
        message: `a fold is not complete: ${missing} is missing`,
      });
    }
  }
  return faults.sort((a, b) => a.line - b.line);
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function isMissing(url: string, file: string): boolean {
  const path = url.split("#")[0] ?? "";
  if (path === "" || /^[a-z][a-z+.-]*:/i.test(path) || path.startsWith("/")) return false;
  return !existsSync(join(dirname(file), decodeURI(path)));
}
