import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type { Response as GotResponse, Request as GotStream } from "got";
import got from "got";
import { HttpError } from "../errors.ts";
import { headerOf } from "../request/headers.ts";
import type { PreparedRequest } from "../request/prepare.ts";
import type { Agents } from "./agents.ts";
import { decoded } from "./decode.ts";
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
  body: Readable;
};

/** How requests of one command are sent. */
export type SendSettings = {
  agents: Agents;
  tls: TlsSettings;
  /** Seconds without a byte until giving up; 0 is no limit. */
  timeout: number;
  maxHeaders: number;
};

/** Headers by name, to which Node adds less: the only form that can do without `Connection`. */
function byName(headers: [string, string][]): Record<string, string | string[]> {
  const result: Record<string, string | string[]> = {};
  for (const group of Map.groupBy(headers, ([name]) => name.toLowerCase()).values()) {
    const [first, ...more] = group;
    if (first) result[first[0]] = more.length > 0 ? group.map(([, value]) => value) : first[1];
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

/** An answer that hands the connection over (101, or any to CONNECT) is shown, and over. */
function endHandedOver(sent: ClientRequest): void {
  const end = (response: IncomingMessage, socket: Socket) => {
    socket.on("error", () => undefined);
    socket.destroy();
    delete response.headers["content-length"];
    response.complete = true;
    response.push(null);
    sent.emit("response", response);
  };
  sent.once("upgrade", end);
  sent.once("connect", end);
}

type Attempt = {
  stream: GotStream;
  sent(): ClientRequest | undefined;
  /** The status line's words as they came: got fills in what is missing. */
  reason(): string;
};

function start(request: PreparedRequest, settings: SendSettings): Attempt {
  const { target, body } = request;
  const { headers } = request;
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted);
  const milliseconds = settings.timeout > 0 ? settings.timeout * 1000 : undefined;
  let sent: ClientRequest | undefined;
  let reason = "";

  const stream = got.stream(`${target.protocol}//${target.host}/`, {
    method: request.method as "GET",
    body: body.kind === "bytes" ? body.bytes : body.kind === "stream" ? body.open() : undefined,
    allowGetBody: true,
    // HTTPie's loop of redirects shows each answer; got's would hide them.
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    decompress: false,
    agent: { http: settings.agents.http, https: settings.agents.https },
    https: settings.tls,
    timeout: { connect: milliseconds, secureConnect: milliseconds, socket: milliseconds },
    // got writes names in lower case and a normalized path; what -v shows is what is sent.
    request: (url, options) => {
      const nodeOptions = {
        ...options,
        path: target.path,
        headers: has("connection") ? headers.flat() : byName(headers),
        lookup,
        maxHeaderSize: 1024 * 1024,
        // Line ends without CR, control characters: HTTPie reads them, and a learner's server sends them.
        insecureHTTPParser: true,
      } as http.RequestOptions;
      sent = (target.protocol === "https:" ? https : http).request(url, nodeOptions);
      endHandedOver(sent);
      // Beyond 2000 Node would drop them without a word.
      sent.maxHeadersCount = 0;
      if (!sent.headersSent) {
        if (!has("connection")) sent.removeHeader("Connection");
        // Node's addition for proxies of HTTP/1.0.
        if (!has("proxy-connection")) sent.removeHeader("Proxy-Connection");
      }
      sent.once("response", (response) => {
        // Space around the words is not part of them, as in HTTPie.
        reason = response.statusMessage?.trim() ?? "";
        // Chunks tell the end, whatever else is said (RFC 9112, section 6.3); got counts.
        if (response.headers["transfer-encoding"]) delete response.headers["content-length"];
      });

      return sent;
    },
  });
  if (body.kind === "none") stream.end();
  return { stream, sent: () => sent, reason: () => reason };
}

/** Whether the server had closed a kept connection before the request came: it never saw it. */
function isStale(error: unknown, sent: ClientRequest | undefined): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return sent?.reusedSocket === true && (code === "ECONNRESET" || code === "EPIPE");
}

async function responseOf(attempt: Attempt): Promise<GotResponse> {
  const { stream } = attempt;
  const response = await new Promise<GotResponse>((resolve, reject) => {
    stream.once("response", resolve);
    stream.once("error", reject);
  });
  // Until the body is read, an error must not end the process; reading then reports it.
  stream.on("error", () => undefined);
  return response;
}

const hasNoBody = (method: string, status: number) =>
  method === "HEAD" || method === "CONNECT" || status < 200 || status === 204 || status === 304;

/**
 * Sends one request and waits for the headers of the answer.
 *
 * @throws whatever got and Node throw: explainError makes a sentence of it
 */
export async function send(
  request: PreparedRequest,
  settings: SendSettings,
): Promise<ReceivedResponse> {
  let attempt = start(request, settings);
  let response: GotResponse;
  try {
    response = await responseOf(attempt);
  } catch (error) {
    if (!isStale(error, attempt.sent())) throw error;
    attempt = start(request, settings);
    response = await responseOf(attempt);
  }
  const { stream } = attempt;
  const headers = pairsOf(response.rawHeaders);
  if (settings.maxHeaders > 0 && headers.length > settings.maxHeaders) {
    stream.destroy();
    throw new HttpError(
      `got more than ${settings.maxHeaders} headers (--max-headers=${settings.maxHeaders}): the answer has ${headers.length}`,
    );
  }
  const { statusCode: status } = response;
  return {
    status,
    reason: attempt.reason(),
    version: response.httpVersion,
    headers,
    // What comes all the same, HTTPie leaves alone.
    body: hasNoBody(request.method, status)
      ? Readable.from([])
      : decoded(stream, headerOf(headers, "content-encoding")),
  };
}

/** The bytes of a body, chunk by chunk. */
export async function* bodyChunks(response: ReceivedResponse): AsyncGenerator<Buffer> {
  for await (const chunk of response.body) yield Buffer.from(chunk);
}
