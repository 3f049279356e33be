import type { Readable } from "node:stream";

/** What is sent after the headers. */
export type Body =
  | { kind: "none" }
  | { kind: "bytes"; bytes: Buffer }
  /** Read while it is sent; `size` is undefined where only the end will tell. */
  | { kind: "stream"; open(): Readable; size: number | undefined };

/** A body and what its making says about the headers. */
export type MadeBody = {
  body: Body;
  /** The media type that the body itself asks for. */
  contentType: string | undefined;
  /** Whether the defaults of JSON requests hold: `Accept` and `Content-Type`. */
  isJson: boolean;
};
