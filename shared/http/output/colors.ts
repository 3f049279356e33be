import { type Color, paint } from "./paint.ts";

// HTTPie's default style.
const styles = {
  method: "green",
  path: "underlinedCyan",
  protocol: "blue",
  reason: "cyan",
  headerName: "cyan",
  string: "yellow",
  tag: "brightBlue",
  attribute: "cyan",
  comment: "gray",
} satisfies Record<string, Color>;

/** Colours the first line of a message and the names of its headers. */
export function colorHead(head: string): string {
  const [first = "", ...headers] = head.split("\r\n");
  const lines = headers.map((line) => {
    const colon = line.indexOf(":");
    return paint(styles.headerName, line.slice(0, colon)) + line.slice(colon);
  });
  // HTTPie's colouring leaves plain line ends, and terminals take either.
  return [colorFirstLine(first), ...lines].join("\n");
}

function colorFirstLine(line: string): string {
  const status = /^(HTTP)(\/)(\S+)( +)(\d{3})( *)(.*)$/.exec(line);
  if (status) {
    const [, http = "", slash = "", version = "", gap = "", code = "", space = "", reason = ""] =
      status;
    const blue = (text: string) => paint(styles.protocol, text);
    return (
      blue(http) + slash + blue(version) + gap + blue(code) + space + paint(styles.reason, reason)
    );
  }
  const [, method = "", path = "", http = "", version = ""] =
    /^(\S+) (\S+) (HTTP)\/(\S+)$/.exec(line) ?? [];
  if (!method) return line;
  return `${paint(styles.method, method)} ${paint(styles.path, path)} ${paint(styles.protocol, http)}/${paint(styles.protocol, version)}`;
}

const markupToken =
  /(<!--[\s\S]*?-->)|(<\/?[A-Za-z!?][^\s/>]*)((?:[^<>"']|"[^"]*"|'[^']*')*)(\??>)/g;
const attributeToken = /([^\s=/"']+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"']+)/g;

/** Colours tags, attributes and comments of HTML and XML. */
export function colorMarkup(text: string): string {
  return text.replaceAll(
    markupToken,
    (_whole, comment?: string, open = "", attributes: string = "", close = "") => {
      if (comment !== undefined) return paint(styles.comment, comment);
      const inside = attributes.replaceAll(
        attributeToken,
        (_all, name: string, equals: string, value: string) =>
          paint(styles.attribute, name) + equals + paint(styles.string, value),
      );
      return paint(styles.tag, open) + inside + paint(styles.tag, close);
    },
  );
}

/** Colours the line that `--meta` adds. */
export function colorMeta(line: string): string {
  const [, name = "", seconds = ""] = /^(.*): ([\d.]+)s$/.exec(line) ?? [];
  const end = paint("gray", "\n").trimEnd();
  return `${paint("brightBlack", name)}: ${paint("blue", seconds)}${paint("cyan", "s")}${end}`;
}
