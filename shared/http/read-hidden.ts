import { createInterface } from "node:readline/promises";
import { type Readable, Writable } from "node:stream";
import { HttpError } from "./errors.ts";
import { exitCodes } from "./exit-codes.ts";

/**
 * Asks a question on a terminal and reads the answer without showing it.
 *
 * @returns the answer, without its line break
 */
export async function readHidden(
  question: string,
  input: Readable,
  output: Writable,
): Promise<string> {
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: muted, terminal: true });
  // A terminal in raw mode sends the key instead of the signal.
  const interrupted = new Promise<never>((_resolve, reject) => {
    lines.on("SIGINT", () => reject(new HttpError("interrupted", exitCodes.interrupted)));
  });
  output.write(question);
  try {
    return await Promise.race([lines.question(""), interrupted]);
  } finally {
    lines.close();
    output.write("\n");
  }
}
