import type { ServerResponse } from "node:http";

/** The open pages: each gets what happens, as server-sent events. */
export class Events {
  readonly #pages = new Set<ServerResponse>();

  get count(): number {
    return this.#pages.size;
  }

  /** Adds a page, until it is closed. */
  add(response: ServerResponse): void {
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
    });
    this.#pages.add(response);
    response.on("close", () => this.#pages.delete(response));
  }

  /** @param to one page alone; all if left out */
  send(name: string, data: unknown, to: Iterable<ServerResponse> = this.#pages): void {
    for (const page of to) page.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Ends all pages; what is sent after it reaches nobody. */
  close(): void {
    for (const page of this.#pages) page.end();
    this.#pages.clear();
  }
}
