import { existsSync, realpathSync, renameSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { Options } from "../cli/options.ts";
import { fileReason, HttpError, quote } from "../errors.ts";
import { expandPath } from "../items/item.ts";
import { bodyChunks, type ReceivedResponse } from "../net/send.ts";
import { fileWriter, streamWriter, type Writer } from "../output/writer.ts";
import { headerOf } from "../request/headers.ts";
import type { World } from "../world.ts";
import { totalFromRange } from "./content-range.ts";
import { freeName, nameFromDisposition, nameFromPath } from "./file-name.ts";
import { type Progress, progressLine, summaryLine } from "./progress.ts";

/** What an unfinished download is called: it never has the final name. */
export const partOf = (path: string) => `${path}.part`;

/** What a resumed download has to go on from. */
export type Resumption = { path: string; source: string; bytes: number };

/**
 * What is there to resume: the part of an earlier run, or a file that HTTPie left.
 *
 * @returns undefined where there is nothing, or nothing was asked for
 */
export function findResumption(options: Options, world: World): Resumption | undefined {
  if (!options.resume || options.output === undefined) return undefined;
  const path = realPath(expandPath(options.output, world));
  const source = [partOf(path), path].find((each) => existsSync(each));
  if (!source) return undefined;
  const { size } = statSync(source);
  return size > 0 ? { path, source, bytes: size } : undefined;
}

/** The file that a link stands for, so that the link is not replaced. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** Whether something other than a file is there: `/dev/null` must not be renamed over. */
function isDevice(path: string): boolean {
  return existsSync(path) && !statSync(path).isFile();
}

/** Where the body goes; undefined is standard output. */
function choosePath(
  response: ReceivedResponse,
  requestPath: string,
  options: Options,
  world: World,
): string | undefined {
  if (options.output !== undefined) return realPath(expandPath(options.output, world));
  if (!world.stdoutIsTerminal) return undefined;
  const suggested = nameFromDisposition(headerOf(response.headers, "content-disposition") ?? "");
  const name = suggested || nameFromPath(requestPath, headerOf(response.headers, "content-type"));
  const isTaken = (each: string) =>
    existsSync(resolve(world.cwd, each)) || existsSync(partOf(resolve(world.cwd, each)));
  return resolve(world.cwd, freeName(name, isTaken));
}

function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    throw new HttpError(`cannot rename ${quote(from)} to ${quote(to)}: ${fileReason(error)}`);
  }
}

function openTarget(path: string | undefined, resumption: Resumption | undefined, world: World) {
  if (path === undefined) return streamWriter(world.stdout);
  if (isDevice(path)) return fileWriter(path);
  if (resumption && resumption.source !== partOf(path)) moveFile(resumption.source, partOf(path));
  return fileWriter(partOf(path), resumption ? "a" : "w");
}

/** The size that the server announces: of what is stored, so not of compressed bytes. */
function announcedSize(
  response: ReceivedResponse,
  resumption: Resumption | undefined,
): number | undefined {
  if (resumption)
    return totalFromRange(headerOf(response.headers, "content-range"), resumption.bytes);
  const isEncoded = headerOf(response.headers, "content-encoding") !== undefined;
  const length = Number(headerOf(response.headers, "content-length") ?? Number.NaN);
  return isEncoded || !Number.isSafeInteger(length) ? undefined : length;
}

async function receive(
  response: ReceivedResponse,
  target: Writer,
  progress: Progress,
  show: (isLast: boolean) => void,
): Promise<void> {
  for await (const chunk of bodyChunks(response)) {
    await target.write(chunk);
    progress.done += chunk.length;
    show(false);
  }
  show(true);
  if (progress.total !== undefined && progress.total !== progress.done) {
    throw new HttpError(
      `incomplete download: ${progress.done} bytes of ${progress.total} have come`,
    );
  }
}

/** Shows the progress on a terminal, at most ten times a second. */
function display(progress: Progress, isShown: boolean, world: World): (isLast: boolean) => void {
  const startedAt = world.now();
  let shownAt = Number.NEGATIVE_INFINITY;
  return (isLast) => {
    const now = world.now();
    progress.elapsed = now - startedAt;
    if (!isShown || (!isLast && now - shownAt < 100)) return;
    shownAt = now;
    world.stderr.write(`\r\u001b[K${progressLine(progress)}${isLast ? "\n" : ""}`);
  };
}

/**
 * Stores the body of a response: in a file that gets its final name when it is complete.
 *
 * @param requestPath - the path that was asked for, which suggests a name
 * @throws HttpError where the rest does not come; the part stays for `--continue`
 */
export async function download(
  response: ReceivedResponse,
  requestPath: string,
  resumption: Resumption | undefined,
  options: Options,
  world: World,
): Promise<void> {
  const resumed = response.status === 206 ? resumption : undefined;
  const path = choosePath(response, requestPath, options, world);
  const resumedFrom = resumed?.bytes ?? 0;
  const total = announcedSize(response, resumed);
  const progress: Progress = { done: resumedFrom, total, resumedFrom, elapsed: 0 };
  const target = openTarget(path, resumed, world);
  const isQuiet = options.quiet > 0;
  const shownPath = path === undefined ? "<stdout>" : relative(world.cwd, path) || path;
  // Opens the file: where that fails there is nothing to announce.
  await target.write("");
  if (!isQuiet) world.stderr.write(`Downloading to ${shownPath}\n`);
  const show = display(progress, world.stderrIsTerminal && !isQuiet, world);
  try {
    await receive(response, target, progress, show);
  } finally {
    await target.close();
  }
  if (path !== undefined && !isDevice(path)) moveFile(partOf(path), path);
  if (!isQuiet) world.stderr.write(`${summaryLine(progress)}\n`);
}
