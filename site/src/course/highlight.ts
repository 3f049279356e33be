import { type BundledLanguage, createHighlighter, type Highlighter } from "shiki";
import { escapeHtml } from "../reader/rows.ts";
import { readable } from "./colours.ts";
import type { TypedName } from "./types.ts";

const LANGUAGES: Record<string, BundledLanguage> = {
  ts: "typescript",
  js: "javascript",
  ejs: "html",
  html: "html",
  css: "css",
  json: "json",
  sql: "sql",
  md: "markdown",
  Dockerfile: "docker",
};

/** A highlighter that keeps its colours in a style sheet, and not on each word. */
export interface CodeHighlighter {
  /**
   * @param typeOf the number that a type's text has in the file's list
   * @returns the file's lines as HTML
   */
  lines(path: string, code: string, names: TypedName[], typeOf: (type: string) => number): string[];
  /** The style sheet of all colours that were used so far. */
  css(): string;
}

/** Opens the highlighter; it knows the languages of the course. */
export async function openHighlighter(): Promise<CodeHighlighter> {
  const shiki = await createHighlighter({
    themes: ["github-light", "github-dark"],
    langs: [...new Set(Object.values(LANGUAGES))],
  });
  const classes = new Map<string, string>();
  const classOf = (light: string, dark: string): string => {
    const key = `${readable(light, "light")} ${readable(dark, "dark")}`;
    const name = classes.get(key) ?? `k${classes.size}`;
    classes.set(key, name);
    return name;
  };
  return {
    lines: (path, code, names, typeOf) =>
      tokensOf(shiki, path, code).map((tokens) =>
        tokens
          .flatMap((token) => cut(token, names))
          .map(({ text, light, dark, type }) => {
            if (text.trim() === "") return text;
            // Most of a program is punctuation in the colour of the page's text.
            if (type === undefined && light === PLAIN.light) return escapeHtml(text);
            const data = type === undefined ? "" : ` data-t="${typeOf(type)}"`;
            return `<span class="${classOf(light, dark)}"${data}>${escapeHtml(text)}</span>`;
          })
          .join(""),
      ),
    css: () =>
      [...classes]
        .map(([key, name]) => {
          const [light, dark] = key.split(" ");
          return `.${name}{color:light-dark(${light},${dark})}`;
        })
        .join(""),
  };
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly light: string;
  readonly dark: string;
  readonly type?: string;
}

/** What the themes give to what has no colour of its own. */
const PLAIN = { light: "#24292e", dark: "#e1e4e8" };

function tokensOf(shiki: Highlighter, path: string, code: string): Token[][] {
  const text = code.replaceAll("\r\n", "\n").replace(/\n$/, "");
  const lang = LANGUAGES[path.slice(path.lastIndexOf(".") + 1)];
  if (lang === undefined) {
    return text.split("\n").map((line) => [{ text: line, start: -1, ...PLAIN }]);
  }
  const themes = { light: "github-light", dark: "github-dark" } as const;
  return shiki.codeToTokensWithThemes(text, { lang, themes }).map((line) =>
    line.map(({ content, offset, variants }) => ({
      text: content,
      start: offset,
      light: six(variants.light?.color ?? PLAIN.light),
      dark: six(variants.dark?.color ?? PLAIN.dark),
    })),
  );
}

function six(colour: string): string {
  return (colour.length === 4 ? colour.replace(/[^#]/g, "$&$&") : colour).slice(0, 7).toLowerCase();
}

/** Cuts a token where the names in it begin and end, since a token may be `user.name`. */
function cut(token: Token, names: readonly TypedName[]): Token[] {
  const end = token.start + token.text.length;
  const parts: Token[] = [];
  let at = token.start;
  const push = (until: number, type?: string) => {
    if (until <= at) return;
    const text = token.text.slice(at - token.start, until - token.start);
    parts.push({ ...token, text, start: at, ...(type === undefined ? {} : { type }) });
    at = until;
  };
  for (const name of names) {
    if (name.start < at || name.start >= end || name.end > end) continue;
    push(name.start);
    push(name.end, name.type);
  }
  push(end);
  return parts;
}
