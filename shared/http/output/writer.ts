import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Writable } from "node:stream";
import { fileReason, HttpError, quote } from "../errors.ts";

/** Somewhere to write to; what is written is on its way when the promise is fulfilled. */
export type Writer = { write(data: string | Buffer): Promise<void>; close(): Promise<void> };

/** The reader of our output has gone, e.g. `http … | head`: no mistake of anybody's. */
export class ReaderGone extends Error {}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "EPIPE" || code === "ERR_STREAM_DESTROYED" || code === "EOF";
}

/** Writes to a stream that outlives the command: it is never closed here. */
export function streamWriter(stream: Writable): Writer {
  return {
    async write(data) {
      if (data.length === 0) return;
      if (stream.destroyed || stream.errored) throw new ReaderGone();
      await new Promise<void>((resolve, reject) => {
        stream.write(data, (error) => {
          if (error) reject(isGone(error) ? new ReaderGone() : error);
          else resolve();
        });
      });
    },
    close: async () => undefined,
  };
}

/** Drops everything: `--quiet`. */
export const nowhere: Writer = { write: async () => undefined, close: async () => undefined };

/**
 * Writes to a file, which is opened, and so emptied, with the first byte: a request that
 * fails leaves the old content alone.
 *
 * @param path - absolute
 * @param flags - `w`, or `a` to go on at its end
 */
export function fileWriter(path: string, flags: "w" | "a" = "w"): Writer {
  let stream: WriteStream | undefined;
  const explain = (error: unknown) =>
    new HttpError(`--output (-o): cannot write ${quote(path)}: ${fileReason(error)}`);
  const opened = async () => {
    if (stream) return stream;
    try {
      const handle = await open(path, flags);
      stream = createWriteStream(path, { fd: handle });
    } catch (error) {
      throw explain(error);
    }
    return stream;
  };
  return {
    async write(data) {
      const file = await opened();
      await new Promise<void>((resolve, reject) => {
        file.write(data, (error) => (error ? reject(explain(error)) : resolve()));
      });
    },
    async close() {
      const file = await opened();
      if (file.closed) return;
      file.end();
      await once(file, "close");
    },
  };
}
