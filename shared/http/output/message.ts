import type { Options } from "../cli/options.ts";
import type { Message } from "../net/exchange.ts";
import { bodyChunks } from "../net/send.ts";
import { headerOf } from "../request/headers.ts";
import type { PreparedRequest } from "../request/prepare.ts";
import { type BodySettings, writeBody } from "./body.ts";
import { colorHead, colorMeta } from "./colors.ts";
import { sortHead } from "./format.ts";
import { requestHead, responseHead } from "./head.ts";
import type { Look } from "./look.ts";
import type { Writer } from "./writer.ts";

/** Where messages go, and which parts of them. */
export type Show = { out: Writer; look: Look; parts: string; options: Options; now: () => number };

function styledHead(head: string, { look, options }: Show): string {
  const sorted = look.isFormatted && options.formatOptions.headers.sort ? sortHead(head) : head;
  return `${look.isColored ? colorHead(sorted) : sorted}\r\n\r\n`;
}

function settingsFor(message: Message, show: Show, hasHead: boolean): BodySettings {
  const { look, options } = show;
  const isRequest = message.kind === "request";
  const { headers } = isRequest ? message.request : message.response;
  return {
    look,
    isRequest,
    contentType: headerOf(headers, "content-type"),
    isJson: options.format === "json",
    isStreamed: options.stream,
    formatOptions: options.formatOptions,
    hasHead,
  };
}

async function* bytesOf(request: PreparedRequest): AsyncGenerator<Buffer> {
  // A body that is read while it is sent is made whole where it is to be shown.
  if (request.body.kind === "bytes") yield request.body.bytes;
}

/**
 * Writes a message, as far as it is to be shown.
 *
 * @returns whether its body was among the parts: the next message is then set apart
 * @throws HttpError where the rest of a body does not come
 */
export async function writeMessage(message: Message, show: Show): Promise<boolean> {
  const { out, look, parts } = show;
  const isRequest = message.kind === "request";
  const hasHead = parts.includes(isRequest ? "H" : "h");
  const hasBody = parts.includes(isRequest ? "B" : "b");
  const hasMeta = !isRequest && parts.includes("m");
  const head = isRequest ? requestHead(message.request) : responseHead(message.response);
  if (hasHead) await out.write(styledHead(head, show));
  if (hasBody) {
    const settings = settingsFor(message, show, hasHead);
    if (isRequest) {
      await writeBody(out, bytesOf(message.request), settings);
    } else {
      settings.charset = show.options.responseCharset;
      settings.mime = show.options.responseMime;
      await writeBody(out, bodyChunks(message.response), settings);
    }
  }
  if (hasMeta) {
    const seconds = (show.now() - message.startedAt) / 1000;
    const line = `Elapsed time: ${seconds.toFixed(6)}s`;
    await out.write(`${hasBody ? "\n\n" : ""}${look.isColored ? colorMeta(line) : line}\n\n`);
  } else if (hasBody && look.isTerminal) {
    await out.write("\n\n");
  }
  return hasBody;
}

/** Whether any part of a message is to be shown. */
export function isShown(message: Message, parts: string): boolean {
  return (message.kind === "request" ? /[HB]/ : /[hbm]/).test(parts);
}
