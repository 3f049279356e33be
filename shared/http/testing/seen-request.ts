/** A request as the server saw it. */
export type SeenRequest = {
  method: string;
  /** Path and query. */
  url: string;
  headers: [name: string, value: string][];
  body: Buffer;
};
