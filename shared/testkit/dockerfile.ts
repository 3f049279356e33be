/** A line of a Dockerfile, with those that continue it. */
export type Instruction = {
  /** In capitals: `COPY`. */
  name: string;
  /** Counted from 1. */
  line: number;
  /** `{ chown: "node" }` of `--chown=node`. */
  flags: Record<string, string>;
  /** What stands behind the flags, on one line. */
  text: string;
  /** The same, where it is a list in JSON (what Docker calls the exec form). */
  list: string[] | undefined;
};

/**
 * Reads a Dockerfile. Documents in it (`<<EOF`) and other escapes than `\` are not known.
 * @see https://docs.docker.com/reference/dockerfile/
 */
export const readDockerfile = (text: string): Instruction[] => {
  const found: Instruction[] = [];
  let open: { line: number; text: string } | undefined;
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    // Comments and empty lines may stand between the lines of an instruction.
    if (/^\s*(?:#|$)/.test(raw)) continue;
    const whole = `${open ? `${open.text} ` : ""}${raw.trim()}`;
    const line = open?.line ?? at + 1;
    open = whole.endsWith("\\") ? { line, text: whole.slice(0, -1).trimEnd() } : undefined;
    if (!open) found.push(readInstruction(whole, line));
  }
  if (open) found.push(readInstruction(open.text, open.line));
  return found;
};

const readInstruction = (whole: string, line: number): Instruction => {
  const [, name = "", behind = ""] = /^(\S+)\s*(.*)$/.exec(whole) ?? [];
  const flags: Record<string, string> = {};
  let text = behind;
  for (let flag = nextFlag(text); flag; flag = nextFlag(text)) {
    flags[flag[1] ?? ""] = flag[2] ?? "";
    text = text.slice(flag[0].length);
  }
  return { name: name.toUpperCase(), line, flags, text, list: listIn(text) };
};

const nextFlag = (text: string) => /^--([\w-]+)(?:=(\S*))?\s*/.exec(text);

const listIn = (text: string): string[] | undefined => {
  // As Docker does it: what is no JSON is a line for the shell.
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((it) => typeof it === "string") ? value : undefined;
  } catch {
    return undefined;
  }
};

/** The words of an instruction: `./lib`, `"with space"`. */
export const wordsOf = ({ list, text }: Instruction): string[] =>
  list ?? [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

/** What its command is: the list of HEALTHCHECK stands behind the word CMD. */
export const commandOf = ({ name, list, text }: Instruction): string[] | undefined =>
  name === "HEALTHCHECK" ? listIn(text.replace(/^CMD\s+/i, "")) : list;

/** What of ENV and ARG: `PORT=80 HOST=0.0.0.0`, and the older `PORT 80`. */
export const settingsIn = (instruction: Instruction): [name: string, value: string][] => {
  const words = instruction.text.match(/(?:"[^"]*"|\S)+/g) ?? [];
  const bare = (word: string) => word.replaceAll('"', "");
  if (instruction.name === "ENV" && !words[0]?.includes("="))
    return [[words[0] ?? "", bare(words.slice(1).join(" "))]];
  return words.map((word) => {
    const at = word.indexOf("=");
    return at < 0 ? [word, ""] : [word.slice(0, at), bare(word.slice(at + 1))];
  });
};
