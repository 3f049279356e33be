import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { PassThrough, type Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import FormData from "form-data";
import { lookup } from "mime-types";
import { UsageError } from "../errors.ts";
import type { Part } from "../items/request-items.ts";
import type { Body } from "./made-body.ts";

// A quote or a line break in a name would end it early (RFC 7578, WHATWG's form encoding).
function quoted(text: string): string {
  const escaped = text.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");
  return `"${escaped}"`;
}

/** The header of a part, in the package's way of taking it whole. */
function partHeader(part: Part, boundary: string): string {
  const name = `form-data; name=${quoted(part.name)}`;
  const lines = [`--${boundary}`];
  if (typeof part.value === "string") {
    lines.push(`Content-Disposition: ${name}`);
  } else {
    lines.push(`Content-Disposition: ${name}; filename=${quoted(part.value.fileName)}`);
    const type = part.value.type ?? (lookup(part.value.fileName) || undefined);
    if (type) lines.push(`Content-Type: ${type}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function buildForm(parts: Part[], boundary: string): FormData {
  const form = new FormData();
  form.setBoundary(boundary);
  for (const part of parts) {
    const header = partHeader(part, boundary);
    if (typeof part.value === "string") {
      form.append(part.name, part.value, { header });
    } else {
      const { path, size } = part.value;
      // Opened when its turn comes, so that measuring the form opens nothing.
      const openFile = (next: (file: Readable) => void) => next(createReadStream(path));
      form.append(part.name, openFile, { header, knownLength: size });
    }
  }
  return form;
}

function checkBoundary(boundary: string): void {
  // RFC 2046, section 5.1.1.
  if (/^[\w'()+,\-./:=? ]{0,69}[\w'()+,\-./:=?]$/.test(boundary)) return;
  throw new UsageError(
    `--boundary: '${boundary}' is no boundary (1 to 70 letters, digits or '()+_,-./:=?)`,
  );
}

/**
 * Makes a `multipart/form-data` body: files are read while it is sent.
 *
 * @param options.isReadWhole - whether the bytes are needed before the request is sent
 */
export async function multipartBody(
  parts: Part[],
  options: { boundary: string | undefined; isReadWhole: boolean },
): Promise<{ body: Body; contentType: string }> {
  const boundary = options.boundary ?? randomUUID().replaceAll("-", "");
  checkBoundary(boundary);
  const contentType = `multipart/form-data; boundary=${boundary}`;
  if (parts.length === 0) {
    return { body: { kind: "bytes", bytes: Buffer.from(`--${boundary}--\r\n`) }, contentType };
  }
  const open = () => {
    const form = buildForm(parts, boundary);
    const stream = new PassThrough();
    form.on("error", (error) => stream.destroy(error));
    form.pipe(stream);
    return stream;
  };
  if (options.isReadWhole) {
    return { body: { kind: "bytes", bytes: await buffer(open()) }, contentType };
  }
  const size = buildForm(parts, boundary).getLengthSync();
  return { body: { kind: "stream", open, size }, contentType };
}
