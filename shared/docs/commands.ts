/** A command of a `bash` block, and its first line there, counted from 0. */
export interface Typed {
  readonly text: string;
  readonly offset: number;
}

/**
 * The commands of a `bash` block: one a line, unless a line ends with `\` or begins a here-document.
 * Comments and empty lines are left out.
 */
export function commandsOf(block: string): Typed[] {
  const lines = block.split("\n");
  const commands: Typed[] = [];
  for (let index = 0; index < lines.length; index++) {
    const offset = index;
    const typed = [lines[index] ?? ""];
    while (index + 1 < lines.length && !isComplete(typed)) typed.push(lines[++index] ?? "");
    const text = typed.join("\n").trim();
    if (text !== "" && !text.startsWith("#")) commands.push({ text, offset });
  }
  return commands;
}

function isComplete(lines: readonly string[]): boolean {
  const end = lines.map((line) => /<<-?\s*["']?(\w+)/.exec(line)?.[1]).find((word) => word);
  if (end !== undefined) return lines.length > 1 && lines.at(-1)?.trim() === end;
  return !lines.at(-1)?.endsWith("\\");
}
