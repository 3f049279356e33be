/**
 * Whether a quotation stands in a file: whole lines, next to each other, word for word; the
 * indentation that all of them have in common does not count.
 */
export function isQuotedFrom(file: string, quotation: string): boolean {
  if (quotation.trim() === "") return false;
  const lines = file.split(/\r?\n/);
  const wanted = withoutIndent(quotation.split("\n"));
  return lines.some((_, start) => {
    const found = lines.slice(start, start + wanted.length);
    return withoutIndent(found).join("\n") === wanted.join("\n");
  });
}

function withoutIndent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const common = Math.min(...indents);
  return lines.map((line) => line.slice(common));
}
