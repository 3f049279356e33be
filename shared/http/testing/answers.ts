import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import type { SeenRequest } from "./seen-request.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, seen: SeenRequest) => void;

const send =
  (type: string, body: string | Buffer, headers: Record<string, string | string[]> = {}): Answer =>
  (_request, response) => {
    response.writeHead(200, { "Content-Type": type, ...headers });
    response.end(body);
  };

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    response.writeHead(code, { "Content-Type": "text/plain", ...headers });
    response.end(code === 304 || code === 204 ? undefined : `status ${code}`);
  };

const redirect = (code: number, location: string): Answer => status(code, { Location: location });

const json =
  '{"b": [1, 2.50, 1e3, 12345678901234567890], "a": {"é": null, "x": true}, "2": 0, "1": {}}';
const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const download = Buffer.alloc(3000, "0123456789");

/** Sends a part of a body and closes the connection. */
const brokenOff =
  (headers: Record<string, string>, part: string | Buffer): Answer =>
  (_request, response) => {
    response.writeHead(200, headers);
    response.write(part, () => setTimeout(() => response.socket?.destroy(), 20));
  };

const ranged: Answer = (request, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const range = `bytes ${from}-${download.length - 1}/${download.length}`;
  const rest = download.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    "Content-Type": "application/octet-stream",
    "Content-Length": rest.length,
    ...(from > 0 ? { "Content-Range": range } : {}),
  });
  response.end(rest);
};

/** Bytes as a server sends them that does not keep to the rules; the connection stays open. */
const raw =
  (bytes: string): Answer =>
  (request) => {
    request.socket.write(bytes, "latin1");
  };

// Connections on which something was answered already.
const used = new WeakSet<object>();

const basic: Answer = (request, response) => {
  const expected = `Basic ${Buffer.from("alice:se:cret").toString("base64")}`;
  const isRight = request.headers.authorization === expected;
  response.writeHead(isRight ? 200 : 401, { "WWW-Authenticate": 'Basic realm="course"' });
  response.end(isRight ? "welcome" : "who are you?");
};

const digest =
  (algorithm: string, qop: string): Answer =>
  (request, response) => {
    if (request.headers.authorization?.startsWith("Digest ")) {
      response.end("welcome");
      return;
    }
    const challenge = `Digest realm="a, b", nonce="abc", opaque="o"${algorithm}${qop}`;
    response.writeHead(401, { "WWW-Authenticate": challenge });
    response.end("who are you?");
  };

const slowly: Answer = (_request, response) => {
  response.writeHead(200, { "Content-Type": "application/json" });
  const lines = ['{"b":1,"a":2}\n', '{"c":3}\n'];
  response.write(lines[0]);
  setTimeout(() => response.end(lines[1]), 50);
};

/** What the server answers on these paths; on all others it echoes. */
export const answers: Record<string, Answer> = {
  "/json": send("application/json", json),
  "/json-as-text": send("text/plain", json),
  "/json-unknown": send("application/x-thing", json),
  "/json-prefixed": send("application/json", `)]}',\n${json}`),
  "/json-broken": send("application/json", '{"a": [1, 2'),
  "/json-twice": send("application/vnd.x+json", '{"a": 1, "a": 2, "A": 3}'),
  "/json-often": send(
    "application/json",
    '{"b": 15, "b": 15, "b": 3, "b": 7, "a": "y", "a": "x", "c": false, "c": -1}',
  ),
  "/text": send("text/plain; charset=utf-8", "trois petits chats\nà la volée\n"),
  "/latin1": send("text/plain; charset=latin1", Buffer.from("à la volée", "latin1")),
  "/unknown-charset": send("text/plain; charset=klingon", "abc"),
  "/unnamed-latin1": send(
    "text/plain",
    Buffer.from("Les élèves de deuxième année écrivent une lettre à leur professeur.", "latin1"),
  ),
  "/big5": send("text/plain", Buffer.from("a4a4a4e5", "hex")),
  "/html": send("text/html", '<!doctype html>\n<p class="a">x &amp; y</p>\n'),
  "/xml": send("application/xml", '<?xml version="1.0"?><a><b x="1">t</b><c/></a>'),
  "/xml-broken": send("application/xml", "<a><b></a>"),
  "/png": send("image/png", png),
  "/nul": send("text/plain", "abc\u0000def"),
  "/none": (_request, response) => response.end(),
  "/headers": send("text/plain", "x", {
    "X-Zebra": "1",
    "A-First": "2",
    "Set-Cookie": ["a=1; Path=/", "b=2; Path=/"],
    "X-Twice": ["one", "two"],
    "lower-case": "3",
  }),
  "/gzip": send("application/json", gzipSync(json), { "Content-Encoding": "gzip" }),
  "/deflate": send("application/json", deflateSync(json), { "Content-Encoding": "deflate" }),
  "/raw-deflate": send("application/json", deflateRawSync(json), { "Content-Encoding": "deflate" }),
  "/empty-gzip": send("text/plain", "", { "Content-Encoding": "gzip" }),
  "/gzip-and-more": send("text/plain", Buffer.concat([gzipSync("text"), Buffer.from("more")]), {
    "Content-Encoding": "gzip",
  }),
  "/101": raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
  "/101-data": raw(
    "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n\u0081\u0001x",
  ),
  "/101-closed": (request) => {
    request.socket.end("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
  },
  "/101-reset": (request) => {
    request.socket.write("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
    setTimeout(() => (request.socket as Socket).resetAndDestroy(), 10);
  },
  "/bare-lf": raw("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi"),
  "/two-lengths": raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi"),
  "/length-and-chunks": raw(
    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
  ),
  "/204-with-body": raw("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nhi"),
  "/no-reason": raw("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi"),
  "/spaced-reason": raw("HTTP/1.1 200   All  Right \r\nContent-Length: 2\r\n\r\nhi"),
  "/control": raw("HTTP/1.1 200 OK\r\nX: a\u0001b\r\nContent-Length: 2\r\n\r\nhi"),
  "/once-after-redirect": (request, response, seen) => {
    used.add(request.socket);
    redirect(302, "/once")(request, response, seen);
  },
  "/once-after-digest": (request, response, seen) => {
    if (used.has(request.socket)) request.socket.destroy();
    used.add(request.socket);
    digest("", "")(request, response, seen);
  },
  "/once": (request, response) => {
    if (used.has(request.socket)) request.socket.destroy();
    else response.end("fresh");
  },
  "/bad-gzip": send("application/json", "no gzip at all", { "Content-Encoding": "gzip" }),
  "/cut-gzip": send("text/plain", gzipSync(download).subarray(0, 20), {
    "Content-Encoding": "gzip",
  }),
  "/short": brokenOff({ "Content-Length": "1000", "Content-Type": "text/plain" }, "only this"),
  "/cut-chunked": brokenOff({ "Content-Type": "text/plain" }, "only this"),
  "/close": (request) => request.socket.destroy(),
  "/no-http": (request) => {
    request.socket.end("hello, I speak no HTTP\r\n\r\n");
  },
  "/never": () => undefined,
  "/stalls": (_request, response) => {
    response.writeHead(200, { "Content-Length": "100" });
    response.write("a");
  },
  "/lines": slowly,
  "/events": send("text/event-stream", "data: 1\n\ndata: 2\n\n"),
  "/file.bin": ranged,
  "/named": send("text/plain", "named", {
    "Content-Disposition": 'attachment; filename="../x y.txt"',
  }),
  "/huge": send("application/octet-stream", Buffer.alloc(50 * 1024 * 1024, "x")),
  "/basic": basic,
  "/digest": digest("", ', qop="auth"'),
  "/digest-old": digest("", ""),
  "/digest-256": digest(", algorithm=SHA-256", ', qop="auth, auth-int"'),
  "/digest-sess": digest(", algorithm=MD5-sess", ', qop="auth"'),
  "/set-cookie": status(200, { "Set-Cookie": "seen=yes; Path=/" }),
  "/drop-cookie": status(200, { "Set-Cookie": "seen=; Path=/; Max-Age=0" }),
  "/cookie-redirect": status(302, { "Set-Cookie": "way=1; Path=/", Location: "/after?x=1" }),
  "/cookie-bytes": (request, response, seen) => {
    response.setHeader("Set-Cookie", ["a=\u00c3\u00a9; Path=/", "b=\u00e9; Path=/"]);
    redirect(302, "/after")(request, response, seen);
  },
  "/301": redirect(301, "/after"),
  "/302": redirect(302, "/after?a b"),
  "/303": redirect(303, "after"),
  "/307": redirect(307, "/after"),
  "/308": redirect(308, "/after#part"),
  "/loop": redirect(302, "/loop"),
  "/twice": redirect(302, "/302"),
  "/nowhere": status(302),
  "/204": status(204),
  "/304": status(304),
  "/400": status(400),
  "/404": status(404),
  "/500": status(500),
  "/503": status(503),
};
