import { readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileReason, quote, UsageError } from "../errors.ts";
import { JsonError, parseJson } from "../json/parse.ts";
import type { JsonValue } from "../json/value.ts";
import { type SplitArgument, splitArgument } from "./separators.ts";

/** Where file names in arguments start from. */
export type Folders = { cwd: string; home: string };

/** A file to send: its content is read when the request is made. */
export type Upload = { path: string; fileName: string; type?: string; size: number };

/** One request item, its files read. `argument` is what was typed. */
export type RequestItem = { argument: string; key: string } & (
  | { kind: "header"; value: string | undefined }
  | { kind: "query"; value: string }
  | { kind: "text"; value: string }
  | { kind: "json"; value: JsonValue }
  | { kind: "upload"; value: Upload }
);

/** The path of a file as typed, with `~` for the user's folder. */
export function expandPath(path: string, folders: Folders): string {
  const expanded = /^~(?=$|[/\\])/.test(path) ? join(folders.home, path.slice(1)) : path;
  return resolve(folders.cwd, expanded);
}

function readText(argument: string, path: string, folders: Folders): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(expandPath(path, folders));
  } catch (error) {
    throw new UsageError(`${quote(argument)}: cannot read ${quote(path)}: ${fileReason(error)}`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(
      `${quote(argument)}: ${quote(path)} is not a UTF-8 text file; send it as a file: name@${path}`,
    );
  }
}

function readJsonFile(argument: string, path: string, folders: Folders): JsonValue {
  const text = readText(argument, path, folders);
  if (text.startsWith("\ufeff")) {
    throw new UsageError(
      `${quote(argument)}: ${quote(path)} begins with a byte order mark (BOM), which is not JSON: save it as UTF-8 without BOM`,
    );
  }
  return readJson(argument, text);
}

function readJson(argument: string, text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new UsageError(
      `${quote(argument)}: not JSON, ${error.message} (a text is given with = instead of :=)`,
    );
  }
}

function openUpload(argument: string, value: string, folders: Folders): Upload {
  const [path = "", type] = value.split(";type=");
  const absolute = expandPath(path, folders);
  try {
    const stats = statSync(absolute);
    if (stats.isDirectory()) throw new Error("EISDIR: it is a folder,");
    return { path: absolute, fileName: basename(path), type: type || undefined, size: stats.size };
  } catch (error) {
    throw new UsageError(`${quote(argument)}: cannot read ${quote(path)}: ${fileReason(error)}`);
  }
}

const withoutLastLines = (text: string) => text.replace(/\n+$/, "");

function interpret(argument: string, split: SplitArgument, folders: Folders): RequestItem {
  const { key, value } = split;
  const common = { argument, key };
  switch (split.kind) {
    case "header":
      return { ...common, kind: "header", value: value === "" ? undefined : value };
    case "emptyHeader":
      if (value === "") return { ...common, kind: "header", value };
      throw new UsageError(
        `${quote(argument)}: nothing may follow ';' (an empty header is ${quote(`${key};`)}, a header with a value ${quote(`${key}:${value}`)})`,
      );
    case "headerFile":
      return {
        ...common,
        kind: "header",
        value: withoutLastLines(readText(argument, value, folders)),
      };
    case "query":
      return { ...common, kind: "query", value };
    case "queryFile":
      return {
        ...common,
        kind: "query",
        value: withoutLastLines(readText(argument, value, folders)),
      };
    case "text":
      return { ...common, kind: "text", value };
    case "textFile":
      return { ...common, kind: "text", value: readText(argument, value, folders) };
    case "json":
      return { ...common, kind: "json", value: readJson(argument, value) };
    case "jsonFile":
      return {
        ...common,
        kind: "json",
        value: readJsonFile(argument, value, folders),
      };
    case "upload":
      return { ...common, kind: "upload", value: openUpload(argument, value, folders) };
  }
}

/**
 * Parses one request item.
 *
 * @param argument - as typed, e.g. `name=Alice`
 * @throws UsageError where it has no separator, or its file cannot be read, or its JSON is broken
 */
export function parseItem(argument: string, folders: Folders): RequestItem {
  const split = splitArgument(argument);
  if (!split) {
    throw new UsageError(
      `${quote(argument)} is no request item: name=text, name:=json, name==query, Header:value or name@file is needed`,
    );
  }
  return interpret(argument, split, folders);
}
