import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import type { Readable } from "node:stream";
import type { Response as GotResponse, Request as GotStream } from "got";
import got from "got";
import { HttpError } from "../errors.ts";
import type { PreparedRequest } from "../request/prepare.ts";
import { lookup } from "./lookup.ts";
import type { TlsSettings } from "./tls.ts";

/** An answer whose body may still be on its way. */
export type ReceivedResponse = {
  status: number;
  /** The status line's words, e.g. `Not Found`. */
  reason: string;
  /** E.g. `1.1`. */
  version: string;
  /** As received: order, repetition and capital letters. */
  headers: [name: string, value: string][];
  /** Decompressed. Errors while it is read are errors of the stream. */
  body: GotStream;
};

/** How requests of one command are sent. */
export type SendSettings = {
  agents: { http: http.Agent; https: https.Agent };
  tls: TlsSettings;
  /** Seconds without a byte until giving up; 0 is no limit. */
  timeout: number;
  maxHeaders: number;
};

/** Headers as Node wants them: repeated names hold a list, and bytes stand for characters. */
function toNodeHeaders(headers: [string, string][]): Record<string, string | string[]> {
  const result: Record<string, string | string[]> = {};
  const names = new Map<string, string>();
  for (const [name, value] of headers) {
    const known = names.get(name.toLowerCase()) ?? name;
    names.set(name.toLowerCase(), known);
    // Node writes headers as Latin-1; HTTPie sends UTF-8.
    const bytes = Buffer.from(value, "utf8").toString("latin1");
    const old = result[known];
    result[known] = old === undefined ? bytes : [old, bytes].flat();
  }
  return result;
}

function pairsOf(raw: string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    pairs.push([raw[at] ?? "", raw[at + 1] ?? ""]);
  }
  return pairs;
}

/**
 * Sends one request and waits for the headers of the answer.
 *
 * @throws whatever got and Node throw: explainError makes a sentence of it
 */
export async function send(
  request: PreparedRequest,
  settings: SendSettings,
): Promise<ReceivedResponse> {
  const { target, body } = request;
  const nodeHeaders = toNodeHeaders(request.headers);
  const hasConnection = request.headers.some(([name]) => name.toLowerCase() === "connection");
  const milliseconds = settings.timeout > 0 ? settings.timeout * 1000 : undefined;

  const stream = got.stream(`${target.protocol}//${target.host}/`, {
    method: request.method as "GET",
    body: body.kind === "bytes" ? body.bytes : body.kind === "stream" ? body.open() : undefined,
    allowGetBody: true,
    // HTTPie's loop of redirects shows each answer; got's would hide them.
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    decompress: true,
    agent: { http: settings.agents.http, https: settings.agents.https },
    https: settings.tls,
    timeout: { connect: milliseconds, secureConnect: milliseconds, socket: milliseconds },
    // got writes names in lower case and a normalized path; what -v shows is what is sent.
    request: (url, options, callback) => {
      const secure = target.protocol === "https:";
      const nodeOptions = {
        ...options,
        path: target.path,
        headers: nodeHeaders,
        lookup,

        maxHeaderSize: 1024 * 1024,
      } as http.RequestOptions;
      const onResponse = callback as (response: IncomingMessage) => void;
      const sent: ClientRequest = secure
        ? https.request(url, nodeOptions, onResponse)
        : http.request(url, nodeOptions, onResponse);
      // Beyond 2000 Node would drop them without a word.
      sent.maxHeadersCount = 0;
      if (!hasConnection) sent.removeHeader("Connection");
      // Node's addition for proxies of HTTP/1.0.
      sent.removeHeader("Proxy-Connection");
      return sent;
    },
  });
  if (body.kind === "none") stream.end();

  const response = await new Promise<GotResponse>((resolve, reject) => {
    stream.once("response", resolve);
    stream.once("error", reject);
  });
  const headers = pairsOf(response.rawHeaders);
  if (settings.maxHeaders > 0 && headers.length > settings.maxHeaders) {
    stream.destroy();
    throw new HttpError(
      `the answer has ${headers.length} headers, more than --max-headers=${settings.maxHeaders} allows`,
    );
  }
  // Until the body is read, an error must not end the process; reading then reports it.
  stream.on("error", () => undefined);
  return {
    status: response.statusCode,
    reason: response.statusMessage ?? "",
    version: response.httpVersion,
    headers,
    body: stream,
  };
}

/** The bytes of a body, chunk by chunk. */
export async function* bodyChunks(response: ReceivedResponse): AsyncGenerator<Buffer> {
  for await (const chunk of response.body as Readable) yield Buffer.from(chunk);
}
