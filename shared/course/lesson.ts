/** One line of a lesson, with the language of the fenced block that it stands in, if any. */
interface Line {
  readonly text: string;
  readonly fence: string | undefined;
}

function* linesOf(markdown: string): Generator<Line> {
  let closing: string | undefined;
  let language: string | undefined;
  for (const text of markdown.split(/\r?\n/)) {
    const fence = /^ {0,3}(`{3,}|~{3,})\s*([\w-]*)/.exec(text);
    if (closing === undefined && fence?.[1] !== undefined) {
      closing = fence[1];
      language = fence[2];
    } else if (closing !== undefined && text.trim().startsWith(closing)) {
      closing = undefined;
      language = undefined;
    } else {
      yield { text, fence: language };
    }
  }
}

/** The lesson's title: its first heading, Markdown kept; undefined where it has none. */
export function titleOf(markdown: string): string | undefined {
  for (const { text, fence } of linesOf(markdown)) {
    const heading = fence === undefined ? /^#\s+(.+?)\s*#*$/.exec(text) : null;
    if (heading?.[1] !== undefined) return heading[1];
  }
  return undefined;
}

/** Whether a lesson is that of a split: its step moves lines to files of their own, and adds none. */
export function isOfSplit(markdown: string | undefined): boolean {
  return titleOf(markdown ?? "")?.startsWith("split:") ?? false;
}

/** A title as the terminal shows it: without the signs of `code`, *emphasis* and [links](…). */
export function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/`([^`]*)`/g, "$1")
    .replace(/(\*\*|__)(.+?)\1/g, "$2")
    .replace(/(?<!\w)([*_])(\S(?:.*?\S)?)\1(?!\w)/g, "$2")
    .replace(/\\([\\`*_{}[\]<>()#+\-.!|])/g, "$1");
}

const SHELLS = new Set(["bash", "sh", "shell", "console"]);

/** The commands of the shell blocks under the lesson's "Try it" heading, in their order. */
export function commandsToTry(markdown: string): string[] {
  const commands: string[] = [];
  let inside = false;
  for (const { text, fence } of linesOf(markdown)) {
    if (fence === undefined && /^##?\s/.test(text)) inside = /^##\s+try it\b/i.test(text);
    else if (inside && fence !== undefined && SHELLS.has(fence) && text.trim() !== "")
      commands.push(text.replace(/^\s*\$\s+/, ""));
  }
  return commands;
}
