import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, posix, resolve } from "node:path";
import { commandOf, type Instruction, readDockerfile, settingsIn, wordsOf } from "./dockerfile.ts";

const MODULES = resolve(import.meta.dirname, "../../node_modules");

/** What an image would hold, in a temporary folder: made without Docker, from the same lines. */
export type Image = {
  /** Where the app lies: its WORKDIR. */
  folder: string;
  /** What ENV says. */
  env: Record<string, string>;
  /** Starts what CMD says; the environment is that of the image, and `more`. */
  start: (more: Record<string, string>) => ChildProcess;
  /** What HEALTHCHECK ends with: 0 is healthy. */
  health: (more: Record<string, string>) => number | null;
  remove: () => void;
};

type Making = {
  /** The values of `docker build --build-arg`. */
  args?: Record<string, string>;
  /** Does what a line of RUN says; without it none is run, and the packages of the lock are linked. */
  run?: (line: string, folder: string, env: Record<string, string>) => void;
};

/**
 * Does what a Dockerfile says, as far as that needs no Docker: files are copied, and the paths of the
 * image lie in a temporary folder. An image of several stages is that of the last one, without what it
 * copies from the others.
 * @param source the folder with the Dockerfile
 */
export const makeImage = (source: string, { args = {}, run }: Making = {}): Image => {
  const top = mkdtempSync(join(tmpdir(), "image-"));
  const remove = () => rmSync(top, { recursive: true, force: true, maxRetries: 5 });
  try {
    const all = readDockerfile(readFileSync(join(source, "Dockerfile"), "utf8"));
    const stage = all.slice(all.findLastIndex(({ name }) => name === "FROM") + 1);
    const made = followed(stage, { source, top, args, run });
    if (!run) linkPackages(made.folder);
    return { ...made, ...programs(stage, made), remove };
  } catch (error) {
    remove();
    throw error;
  }
};

/** Does what the lines of a stage say, in their order. */
const followed = (
  stage: readonly Instruction[],
  { source, top, args = {}, run }: Making & { source: string; top: string },
) => {
  const env: Record<string, string> = {};
  /** Both ENV and ARG: what a line may name as `$PORT`. */
  const known: Record<string, string> = {};
  let workdir = "/";
  const inside = (path: string) => join(top, posix.resolve("/", workdir, path));
  for (const instruction of stage) {
    const { name, flags } = instruction;
    const text = expand(instruction.text, known);
    const settings = () => settingsIn({ ...instruction, text });
    if (name === "WORKDIR") {
      workdir = posix.resolve("/", workdir, text);
      mkdirSync(inside("."), { recursive: true });
    } else if (name === "ARG") {
      for (const [key, value] of settings()) known[key] = args[key] ?? value;
    } else if (name === "ENV") {
      for (const [key, value] of settings()) env[key] = value;
      Object.assign(known, env);
    } else if (name === "COPY" && flags.from === undefined) {
      copy(source, wordsOf(instruction), inside);
    } // The shell knows what `$PORT` is, as in Docker.
    else if (name === "RUN") run?.(instruction.text, inside("."), known);
  }
  return { folder: inside("."), env };
};

/** What an image starts. */
const programs = (
  stage: readonly Instruction[],
  { folder, env }: Pick<Image, "folder" | "env">,
): Pick<Image, "start" | "health"> => {
  const command = (...names: string[]) => {
    const [program, ...rest] = names.flatMap((wanted) => {
      const instruction = stage.findLast(({ name }) => name === wanted);
      return (instruction && commandOf(instruction)) ?? [];
    });
    if (!program) throw new Error(`no list of words in ${names[0]}, such as ["node", "app.ts"]`);
    return [basename(program) === "node" ? process.execPath : program, rest] as const;
  };
  const options = (more: Record<string, string>) => ({
    cwd: folder,
    env: { PATH: process.env.PATH, ...env, ...more },
  });
  return {
    start: (more) => spawn(...command("ENTRYPOINT", "CMD"), { ...options(more), stdio: "ignore" }),
    health: (more) => spawnSync(...command("HEALTHCHECK"), options(more)).status,
  };
};

const expand = (text: string, known: Record<string, string>) =>
  text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, long, short) => known[long ?? short] ?? "");

const copy = (source: string, words: string[], inside: (path: string) => string) => {
  const to = words.at(-1) ?? ".";
  const from = words.slice(0, -1).map((word) => join(source, word));
  for (const path of from) {
    // Of a folder Docker copies what is in it; of a file the file, into what ends with a slash.
    const isInto =
      !statSync(path).isDirectory() && (from.length > 1 || /(?:^|\/)\.?\.?\/?$/.test(to));
    cpSync(path, isInto ? join(inside(to), basename(path)) : inside(to), { recursive: true });
  }
};

/** Gives an app the packages that its lock names, those and no other, from the course's own. */
const linkPackages = (folder: string) => {
  const lock = join(folder, "package-lock.json");
  if (!existsSync(lock)) return;
  const { packages } = JSON.parse(readFileSync(lock, "utf8")) as { packages: object };
  for (const key of Object.keys(packages)) {
    // What lies in another package comes with it.
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(key) ?? [];
    if (name === undefined || !existsSync(join(MODULES, name))) continue;
    const path = join(folder, key);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(MODULES, name), path, "junction");
  }
};
