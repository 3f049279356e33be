import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

const paint = (style: Style, text: string) =>
  text === "" ? "" : styleText(style, text, { validateStream: false });

// HTTPie's default palette: the terminal's own colours.
const styles = {
  method: "green",
  path: ["cyan", "underline"],
  protocol: "blue",
  reason: "cyan",
  headerName: "cyan",
  key: "blueBright",
  string: "yellow",
  number: "blue",
  word: "blue",
  tag: "blueBright",
  attribute: "cyan",
  comment: "gray",
} satisfies Record<string, Style>;

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

const jsonToken =
  /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Colours keys, strings, numbers and words of a JSON text, well-formed or not. */
export function colorJson(text: string): string {
  return text.replaceAll(
    jsonToken,
    (whole: string, string?: string, colon?: string, number?: string, word?: string) => {
      if (string !== undefined && colon !== undefined) return paint(styles.key, string) + colon;
      if (string !== undefined) return paint(styles.string, string);
      if (number !== undefined) return paint(styles.number, number);
      return word === undefined ? whole : paint(styles.word, word);
    },
  );
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
