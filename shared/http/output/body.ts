import type { FormatOptions } from "../cli/format-options.ts";
import { parseJson } from "../json/parse.ts";
import { charsetOf, textReader } from "./charset.ts";
import { colorMarkup } from "./colors.ts";
import { parseContentType } from "./content-type.ts";
import { formatBody } from "./format.ts";
import { colorJson } from "./json-colors.ts";
import type { Look } from "./look.ts";
import type { Writer } from "./writer.ts";

/** What is known about a body before it is read. */
export type BodySettings = {
  look: Look;
  contentType: string | undefined;
  /** `--response-charset` and `--response-mime`, for responses. */
  charset?: string;
  mime?: string;
  /** `--json`. */
  isJson: boolean;
  /** `--stream`: each line is shown as soon as it is there. */
  isStreamed: boolean;
  formatOptions: FormatOptions;
  /** What is sent is not saved. */
  isRequest: boolean;
  /** Whether something stands before the body. */
  hasHead: boolean;
};

function isJsonText(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}

/** Colours by media type; a text of a known kind ends with one line break. */
function colorBody(text: string, mime: string, isJson: boolean): string {
  const ended = `${text.replaceAll(/\r\n?/g, "\n").replaceAll(/^\n+|\n+$/g, "")}\n`;
  const isKnown = mime.startsWith("text/") || /javascript|xml|html|css/.test(mime);
  const [, subtype = ""] = mime.split("/");
  if (subtype.includes("json")) return colorJson(ended);
  if (isJson && (!isKnown || mime === "text/plain") && isJsonText(text)) return colorJson(ended);
  if (/html|xml|svg/.test(mime)) return colorMarkup(ended);
  return isKnown ? ended : text;
}

async function render(decoded: string, settings: BodySettings, mime: string) {
  const { look, isJson, formatOptions } = settings;
  let text = decoded;
  if (!/^[^/]+\/[^/]+$/.test(mime)) return text;
  if (look.isFormatted) text = await formatBody(text, mime, isJson, formatOptions);
  if (look.isColored) text = colorBody(text, mime, isJson);
  return text;
}

/** Whole lines without their ends, as they come; the last one may be without an end. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const isCrLf = end > 0 && rest[end - 1] === 13;
      yield rest.subarray(0, isCrLf ? end - 1 : end);
      rest = rest.subarray(end + 1);
    }
  }
  if (rest.length > 0) yield rest;
}

function binaryNotice(mime: string, { hasHead, isRequest }: BodySettings): string {
  const type = mime ? ` (${mime})` : "";
  const cure = isRequest ? "" : "; -d or -o FILE saves it";
  return `${hasHead ? "\n" : ""}[NOTE: binary data not shown in terminal${type}${cure}]`;
}

/**
 * Writes a body: as it comes where nobody looks at it and nothing is asked for, else as text;
 * what is no text is named instead.
 */
export async function writeBody(
  out: Writer,
  chunks: AsyncIterable<Buffer>,
  settings: BodySettings,
): Promise<void> {
  const { look } = settings;
  const isPretty = look.isFormatted || look.isColored;
  if (!look.isTerminal && !isPretty) {
    for await (const chunk of chunks) await out.write(chunk);
    return;
  }
  const declared = parseContentType(settings.contentType);
  const mime = settings.mime ?? declared.mime;
  const isGiven = settings.charset !== undefined;
  const read = await textReader(settings.charset ?? declared.charset, isGiven);
  const outCharset = look.isTerminal ? undefined : declared.charset;
  const { encode } = await charsetOf(outCharset, false);

  if (!isPretty || settings.isStreamed || declared.mime === "text/event-stream") {
    for await (const line of linesOf(chunks)) {
      if (line.includes(0)) return out.write(binaryNotice(mime, settings));
      const plain = await read(line);
      const text = isPretty ? await render(plain, settings, mime) : plain;
      // In colours a line ends twice, as in HTTPie.
      await out.write(encode(`${text}\n`));
    }
    return;
  }
  const whole: Buffer[] = [];
  for await (const chunk of chunks) {
    if (chunk.includes(0)) return out.write(binaryNotice(mime, settings));
    whole.push(chunk);
  }
  await out.write(encode(await render(await read(Buffer.concat(whole)), settings, mime)));
}
