import { versions } from "node:process";
import { configFolder } from "./config.ts";
import { versionText } from "./help.ts";
import type { World } from "./world.ts";

/** What a bug report needs to say about this program and its surroundings. */
export function describeWorld(world: World): string {
  const proxies = Object.keys(world.env).filter((name) => /^(https?|all|no)_proxy$/i.test(name));
  return [
    `http ${versionText.trim()}`,
    `Node ${versions.node}, OpenSSL ${versions.openssl}, ${world.platform}`,
    `config folder: ${configFolder(world)}`,
    `standard input: ${world.stdinKind}, output: ${world.stdoutIsTerminal ? "terminal" : "redirected"}`,
    `proxy variables: ${proxies.join(", ") || "none"}`,
    "",
  ].join("\n");
}
