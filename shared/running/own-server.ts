import { readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join, posix } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CourseError } from "../course/errors.ts";
import { WORK_FOLDER, workFolder } from "../course/lock.ts";
import type { World } from "../course/world.ts";
import { listenersOn } from "./listeners.ts";
import { beginningOf, processTree } from "./process-tree.ts";
import { type Address, addressOf } from "./server.ts";

/** Where `npm start` notes its servers, from the root: git-ignored, of this clone alone. */
export const SERVER_FILE = `${WORK_FOLDER}/server.json`;

/** A server that was started by `npm start` in this clone, as it was when it started. */
export interface OwnServer extends Address {
  /** The process that runs the app and starts it again: the app is a child of it. */
  readonly pid: number;
  /** The repository, with all links resolved: a copy of it brings a copy of the note along. */
  readonly root: string;
  /** The course and the step that it runs. */
  readonly course: string;
  readonly step: string;
  /** Those that it was started with: its environment and what runs beside it are theirs. */
  readonly startedWith: { readonly course: string; readonly step: string };
  /** The process that is the app now; another one after each start. */
  readonly app?: number | undefined;
  /** That no change of a file is told here: it starts nothing when a file is saved. */
  readonly isDeaf?: true | undefined;
  /** When its process began, where the system tells: another one may get its number one day. */
  readonly began?: string | undefined;
}

/**
 * Notes a server of this clone, so that other verbs know it from a foreign one.
 * @returns what notes which process its app is now, that it is deaf, and what takes the note back
 */
export function noteServer(
  world: Pick<World, "root" | "stderr">,
  server: Omit<OwnServer, "root" | "began" | "startedWith" | "app">,
): { app(pid: number): void; deaf(): void; forget(): void } {
  const { course, step, pid } = server;
  const began = beginningOf(pid);
  const root = realpathSync(world.root);
  const noted = { ...server, startedWith: { course, step }, root, began };
  const others = () => read(world).filter((each) => each.pid !== pid);
  write(world, [...others().filter(isAlive), noted]);
  const add = (more: Partial<OwnServer>) =>
    write(
      world,
      read(world).map((each) => (each.pid === pid ? { ...each, ...more } : each)),
    );
  return {
    app: (app) => add({ app }),
    deaf: () => add({ isDeaf: true }),
    forget: () => write(world, others()),
  };
}

/** The processes that are the apps of this clone's servers, as they noted it last. */
export function notedApps(world: Pick<World, "root">): ReadonlySet<number | undefined> {
  return new Set(read(world).map(({ app }) => app));
}

/**
 * Notes that the servers of this clone run another step now.
 * @param dir our folder of it, from the root: `steps/07`
 */
export function noteSwitch(world: Pick<World, "root" | "stderr">, dir: string): void {
  const noted = read(world);
  const [course, step] = [posix.dirname(dir), posix.basename(dir)];
  if (noted.length > 0)
    write(
      world,
      noted.map((each) => ({ ...each, course, step })),
    );
}

/**
 * The server of this clone that runs now; of several the one that was started last.
 * @param port the one that listens there
 * @returns with `listens`: false while its app starts again, or after it has ended by itself
 */
export function ownServer(
  world: World,
  port?: number,
): (OwnServer & { listens: boolean }) | undefined {
  const here = realpathSync(world.root);
  const noted = read(world).filter(
    (each) => each.root === here && isAlive(each) && (port === undefined || each.port === port),
  );
  for (const server of noted.reverse()) {
    const listens = listensItself(server);
    if (listens !== undefined) return { ...server, listens };
  }
  return undefined;
}

/** While an app starts again, what is read of processes and of ports may be of two moments. */
const LOOKS = 3;

/** Whether a server listens on its port, or nobody does; undefined: somebody else. */
function listensItself({ pid, port }: OwnServer): boolean | undefined {
  for (let look = 0; look < LOOKS; look++) {
    const tree = processTree(pid);
    const listeners = tree === undefined ? undefined : listenersOn(port, tree);
    // Where the system does not tell, the version that it answers has to do.
    if (tree === undefined || listeners === undefined) return true;
    if (listeners.length === 0) return false;
    if (listeners.some((listener) => tree.has(listener))) return true;
  }
  return undefined;
}

/** How long an app may take to start again before it is told that it does not answer, in ms. */
const RESTART_MS = 10_000;

/**
 * Where to send something: to the server of this clone, or to the port that was named.
 * @param port what `--port` said: then it is sent there, whoever listens
 * @throws CourseError if no server runs, or one that was not started by `npm start` in this clone
 */
export async function serverFor(world: World, course: string, port?: string): Promise<Address> {
  const address = addressOf(world, course, port);
  const own = await restarted(world, port || world.env.PORT ? address.port : undefined);
  if (port !== undefined) return address;
  if (own?.listens === true) return { ...address, host: own.host, port: own.port };
  if (own !== undefined)
    throw new CourseError(
      `the app that npm start runs does not listen on port ${own.port}: its terminal says why`,
    );
  if (await accepts(address)) throw new CourseError(unknownServer(address.port));
  return address;
}

/** The server of this clone, once its app has started again if it just does. */
async function restarted(world: World, port: number | undefined) {
  let own = ownServer(world, port);
  for (const end = Date.now() + RESTART_MS; own?.listens === false && Date.now() < end; ) {
    await sleep(50);
    own = ownServer(world, port);
  }
  return own;
}

/** The line for a port where somebody listens whom this clone has not started. */
export function unknownServer(port: number): string {
  return `the server on port ${port} is unknown: npm start in this folder has not started it, so nothing is sent to it. Stop it and run npm start, or name it with --port ${port}`;
}

/** Whether anybody listens there. */
export function accepts({ host, port }: Address): Promise<boolean> {
  const to = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return new Promise((resolve) => {
    const socket = createConnection(port, to);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** Whether the process is there still, and no other one that got its number. */
function isAlive({ pid, began }: OwnServer): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return beginningOf(pid) === began;
}

/** What is noted; what nobody of ours has written counts as nothing. */
function read(world: Pick<World, "root">): OwnServer[] {
  try {
    const noted: unknown = JSON.parse(readFileSync(join(world.root, SERVER_FILE), "utf8"));
    return Array.isArray(noted) ? noted.filter(isServer) : [];
  } catch {
    return [];
  }
}

function isServer(value: unknown): value is OwnServer {
  if (typeof value !== "object" || value === null) return false;
  const { host, port, pid, root, startedWith } = value as Record<string, unknown>;
  const whole = [port, pid].every((each) => Number.isInteger(each) && Number(each) > 0);
  const texts = [host, root].every((each) => typeof each === "string");
  return whole && texts && typeof startedWith === "object" && startedWith !== null;
}

/** Writes the note; without one a server is only unknown to the others, so it never stops a start. */
function write(world: Pick<World, "root" | "stderr">, servers: readonly OwnServer[]): void {
  try {
    const path = join(workFolder(world), "server.json");
    if (servers.length === 0) {
      rmSync(path, { force: true });
      return;
    }
    writeFileSync(`${path}.new`, `${JSON.stringify(servers, null, 2)}\n`);
    renameSync(`${path}.new`, path);
  } catch (error) {
    world.stderr.write(
      `version.sh: ${SERVER_FILE} was not written, so other verbs do not know this server: ${error instanceof Error ? error.message : error}\n`,
    );
  }
}
