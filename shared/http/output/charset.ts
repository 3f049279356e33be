import { isUtf8 } from "node:buffer";
import { quote, UsageError } from "../errors.ts";

/** How the bytes of a body become text and, on the way out, bytes again. */
export type Charset = { decode(bytes: Buffer): string; encode(text: string): Buffer };

/** UTF-8, wrong bytes replaced. */
export const utf8: Charset = {
  decode: (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
  encode: (text) => Buffer.from(text),
};

/**
 * The charset of this name.
 *
 * @param isRequired - whether an unknown name is the user's mistake; the server's unknown
 *   names are read as UTF-8
 * @throws UsageError for an unknown name that the user gave
 */
export async function charsetOf(name: string | undefined, isRequired: boolean): Promise<Charset> {
  if (!name || /^utf-?8$/i.test(name) || /^us-ascii$/i.test(name)) return utf8;
  const { default: iconv } = await import("iconv-lite");
  if (iconv.encodingExists(name)) {
    return {
      decode: (bytes) => iconv.decode(bytes, name),
      encode: (text) => iconv.encode(text, name),
    };
  }
  if (!isRequired) return utf8;
  throw new UsageError(
    `--response-charset: ${quote(name)} is not a supported encoding, e.g. utf-8, latin1, big5`,
  );
}

// HTTPie's limit: of less, nobody can tell.
const shortestGuess = 33;
// More says nothing new, and takes seconds.
const longestGuess = 64 * 1024;

/** Whether bytes were UTF-8 until something went wrong with a few of them. */
function isMostlyUtf8(bytes: Buffer): boolean {
  const text = utf8.decode(bytes);
  const wrong = text.match(/\ufffd/g)?.length ?? 0;
  const right = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  return right > wrong;
}

/** The charset that bytes without a name are most likely in; undefined where nothing tells. */
async function guessCharset(bytes: Buffer): Promise<Charset | undefined> {
  const sample = bytes.subarray(0, longestGuess);
  if (bytes.length < shortestGuess || isUtf8(bytes) || isMostlyUtf8(sample)) return undefined;
  const { default: chardet } = await import("chardet");
  const name = chardet.detect(sample);
  return charsetOf(name ?? undefined, false);
}

/**
 * Reads a text piece by piece, in the charset of this name or, without one, in UTF-8; where the
 * bytes are none, in the charset that they look like.
 *
 * @throws as {@link charsetOf}
 */
export async function textReader(
  name: string | undefined,
  isRequired: boolean,
): Promise<(bytes: Buffer) => Promise<string>> {
  let charset = name ? await charsetOf(name, isRequired) : undefined;
  return async (bytes) => {
    charset ??= await guessCharset(bytes);
    return (charset ?? utf8).decode(bytes);
  };
}
