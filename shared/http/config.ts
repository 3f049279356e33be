import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileReason, HttpError, quote } from "./errors.ts";
import type { World } from "./world.ts";

/**
 * The config folder: HTTPie's own, so that who has both programs sets them up once.
 *
 * @see https://httpie.io/docs/cli/config-file-directory
 */
export function configFolder(world: World): string {
  const { env, home } = world;
  if (env.HTTPIE_CONFIG_DIR) return env.HTTPIE_CONFIG_DIR;
  if (world.platform === "win32") return join(env.APPDATA ?? home, "httpie");
  const legacy = join(home, ".httpie");
  if (existsSync(legacy)) return legacy;
  return join(env.XDG_CONFIG_HOME || join(home, ".config"), "httpie");
}

/**
 * The options that hold for every command: `default_options` of `config.json`.
 *
 * @param warn - told about a file that cannot be read or is not JSON: the command goes on without
 * @throws HttpError where the file says something else than options
 */
export function readDefaultOptions(folder: string, warn: (text: string) => void): string[] {
  const path = join(folder, "config.json");
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    warn(`cannot read config file: ${fileReason(error)} [${path}]`);
    return [];
  }
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warn(`invalid config file: ${reason} [${path}]`);
    return [];
  }
  const options = (config as { default_options?: unknown } | null)?.default_options ?? [];
  if (Array.isArray(options) && options.every((each) => typeof each === "string")) return options;
  throw new HttpError(`${quote(path)}: default_options has to be a list of texts, e.g. ["--form"]`);
}
