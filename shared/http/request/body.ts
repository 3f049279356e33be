import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { fileReason, quote, UsageError } from "../errors.ts";
import type { Upload } from "../items/item.ts";
import { type ItemData, mixed } from "../items/request-items.ts";
import { printJson } from "../json/print.ts";
import { JsonObject } from "../json/value.ts";
import type { Body, MadeBody } from "./made-body.ts";
import { chunksOf, type StdinData } from "./stdin.ts";
import { encodePairs } from "./url.ts";

/** The places that a body can come from. */
export type BodySources = {
  data: ItemData;
  /** The first data item as typed, for error messages. */
  dataArgument: string | undefined;
  raw: string | undefined;
  stdin: StdinData | undefined;
};

function checkOneSource({ dataArgument, raw, stdin }: BodySources): void {
  if (raw !== undefined && dataArgument !== undefined) throw mixed(dataArgument, "--raw");
  if (stdin && dataArgument !== undefined) throw mixed(dataArgument, "standard input");
  if (stdin && raw !== undefined) throw mixed(`--raw=${raw}`, "standard input");
}

async function stdinBody(stdin: StdinData, isChunked: boolean): Promise<Body> {
  if (isChunked) {
    let isOpened = false;
    const open = () => {
      if (isOpened) throw new UsageError("data from standard input cannot be sent a second time");
      isOpened = true;
      return Readable.from(chunksOf(stdin), { objectMode: false });
    };
    return { kind: "stream", open, size: undefined };
  }
  return { kind: "bytes", bytes: Buffer.concat(await Array.fromAsync(chunksOf(stdin))) };
}

/** A file as the body: read whole where its bytes are needed beforehand. */
async function fileBody(upload: Upload, isReadWhole: boolean): Promise<Body> {
  const { path, size } = upload;
  if (!isReadWhole) return { kind: "stream", open: () => createReadStream(path), size };
  try {
    return { kind: "bytes", bytes: await readFile(path) };
  } catch (error) {
    throw new UsageError(`cannot read ${quote(path)}: ${fileReason(error)}`);
  }
}

const formType = "application/x-www-form-urlencoded; charset=utf-8";
const nothing: Body = { kind: "none" };
const asBytes = (text: string): Body => ({ kind: "bytes", bytes: Buffer.from(text) });

/**
 * Makes the body from the one place where there is data.
 *
 * @param options.isForm - whether `--form` or `--multipart` was given
 * @param options.isReadWhole - whether the bytes are needed before the request is sent
 * @throws UsageError where there is data in two places, or a file cannot be read
 */
export async function makeBody(
  sources: BodySources,
  options: {
    isForm: boolean;
    isJson: boolean;
    isChunked: boolean;
    isReadWhole: boolean;
    boundary: string | undefined;
  },
): Promise<MadeBody> {
  checkOneSource(sources);
  const { data, raw, stdin } = sources;
  if (stdin || raw !== undefined) {
    const body = stdin ? await stdinBody(stdin, options.isChunked) : asBytes(raw ?? "");
    return {
      body,
      contentType: options.isForm ? formType : undefined,
      isJson: options.isJson || (!options.isForm && raw !== ""),
    };
  }
  switch (data.kind) {
    case "none":
      return { body: nothing, contentType: undefined, isJson: options.isJson };
    case "json": {
      const isEmpty = data.document instanceof JsonObject && data.document.members.length === 0;
      const body = isEmpty ? nothing : asBytes(printJson(data.document, { asciiOnly: true }));
      return { body, contentType: undefined, isJson: true };
    }
    case "form":
      return { body: asBytes(encodePairs(data.fields)), contentType: formType, isJson: false };
    case "multipart": {
      const { multipartBody } = await import("./multipart.ts");
      return { ...(await multipartBody(data.parts, options)), isJson: false };
    }
    case "file": {
      const { lookup } = await import("mime-types");
      const contentType = lookup(data.upload.fileName) || undefined;
      const body = await fileBody(data.upload, options.isReadWhole);
      return { body, contentType, isJson: true };
    }
  }
}
