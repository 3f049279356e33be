import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo as Address } from "node:net";
import type { Duplex } from "node:stream";
import { buffer } from "node:stream/consumers";
import { answers } from "./answers.ts";
import type { SeenRequest } from "./seen-request.ts";

/** A real server on a free loopback port. */
export type EchoServer = {
  port: number;
  /** All requests since the list was last emptied. */
  seen: SeenRequest[];
  /** What CONNECT gets; undefined closes the connection, as Node does. */
  answersConnect: string | undefined;
  close(): Promise<void>;
};

function pairsOf(raw: string[]): [string, string][] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ""]] : []));
}

async function answer(request: IncomingMessage, response: ServerResponse, seen: SeenRequest[]) {
  // The clock would make two answers differ that are the same.
  response.sendDate = false;
  const { method = "", url = "" } = request;
  const body = await buffer(request).catch(() => Buffer.alloc(0));
  const record = { method, url, headers: pairsOf(request.rawHeaders), body };
  seen.push(record);
  const [path = ""] = url.split("?");
  const special = answers[path];
  if (special) return special(request, response, record);
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ method, url, body: body.toString("latin1") }));
}

/** Starts a server that answers with what it was asked, or with what `answers` say. */
export async function startEchoServer(): Promise<EchoServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void answer(request, response, seen);
  });
  const handedOver = new Set<Duplex>();
  server.on("connect", (_request, socket: Duplex) => {
    handedOver.add(socket);
    socket.on("error", () => undefined);
    if (echo.answersConnect === undefined) socket.destroy();
    else socket.write(echo.answersConnect);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const echo: EchoServer = {
    port: (server.address() as Address).port,
    seen,
    answersConnect: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of handedOver) socket.destroy();
      }),
  };
  return echo;
}

/** The values of a header of the last request. */
export function headerValues(server: EchoServer, wanted: string): string[] {
  const headers = server.seen.at(-1)?.headers ?? [];
  return headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
}
