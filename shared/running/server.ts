import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { CourseError, codeOf, UsageError } from "../course/errors.ts";
import type { World } from "../course/world.ts";

/** Where a step listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = 5001;

/**
 * Where a step started here listens: HOST and PORT as the steps themselves read them.
 * @param port what `--port` said, which goes before PORT
 * @throws UsageError if it is no port
 */
export function addressOf(world: World, port?: string): Address {
  const typed = port ?? (world.env.PORT || undefined);
  const number = typed === undefined ? DEFAULT_PORT : Number(typed);
  if (!Number.isInteger(number) || number < 1 || number > 65535)
    throw new UsageError(
      `'${typed}' (${port === undefined ? "PORT" : "--port"}) is no port: give a number from 1 to 65535, for example 5002`,
    );
  return { host: world.env.HOST || DEFAULT_HOST, port: number };
}

/** The address to type into a browser. */
export function urlOf({ host, port }: Address): string {
  const everywhere = host === "0.0.0.0" || host === "::" || host === DEFAULT_HOST;
  return `http://${everywhere ? "localhost" : bracket(host)}:${port}`;
}

/** The address that the tools themselves ask: without the name look-up that `localhost` needs. */
export function requestUrl({ host, port }: Address): string {
  const everywhere = host === "0.0.0.0" || host === "::";
  return `http://${everywhere ? DEFAULT_HOST : bracket(host)}:${port}`;
}

function bracket(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/**
 * Makes sure that a server can listen there.
 * @throws CourseError naming the port and the cure if it cannot
 */
export async function checkFree({ host, port }: Address): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      const probe = createServer();
      probe.once("error", reject);
      probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
    });
  } catch (error) {
    switch (codeOf(error)) {
      case "EADDRINUSE":
        throw new CourseError(
          `port ${port} is in use: if that is the course's own server, ./version.sh adopt NN switches it; else stop what listens there, or take another port: npm start -- --port ${port === 5002 ? 5003 : 5002}`,
        );
      case "EACCES":
        throw new CourseError(
          `port ${port} is not allowed here (ports below 1024 are the system's): npm start -- --port 5002`,
        );
      default:
        throw new CourseError(
          `cannot listen on ${host} port ${port} (${codeOf(error)}): check HOST, 127.0.0.1 always works`,
        );
    }
  }
}

/**
 * The command line that runs the adopted step and restarts it when its code or step.txt changes.
 * @throws CourseError if tsx is not installed
 */
export function watchCommand(root: string): string[] {
  const folder = join(root, "node_modules", "tsx");
  let bin: unknown;
  try {
    bin = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).bin;
  } catch {
    throw new CourseError("tsx is not installed: run npm install first");
  }
  const cli = typeof bin === "string" ? bin : (bin as Record<string, string>).tsx;
  // Without clearing the screen, so that the lines above the first start stay.
  return [
    join(folder, cli ?? ""),
    "watch",
    "--clear-screen=false",
    "--include",
    "step.txt",
    "app.ts",
  ];
}
