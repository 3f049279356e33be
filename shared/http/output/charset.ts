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
