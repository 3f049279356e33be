import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { aboutCourse } from "../course/about.ts";
import { CourseError, codeOf, UsageError } from "../course/errors.ts";
import type { World } from "../course/world.ts";

/** Where a step listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** The port of its course, where nobody says otherwise; for messages. */
  readonly usual?: number;
}

const DEFAULT_HOST = "127.0.0.1";

/**
 * Where a step started here listens: HOST and PORT as the steps themselves read them, else as the
 * course says.
 * @param course its folder, from the root
 * @param port what `--port` said, which goes before PORT
 * @throws UsageError if it is no port
 */
export function addressOf(world: World, course: string, port?: string): Address {
  const typed = port ?? (world.env.PORT || undefined);
  const usual = aboutCourse(world.root, course).port;
  const number =
    typed === undefined
      ? usual
      : portOf(typed, port === undefined ? "PORT" : "--port", another(usual));
  return { host: world.env.HOST || DEFAULT_HOST, port: number, usual };
}

/**
 * A port as it was typed.
 * @param by what it was typed for
 * @throws UsageError if it is no port
 */
export function portOf(typed: string, by: string, example: number): number {
  const number = Number(typed);
  if (Number.isInteger(number) && number >= 1 && number <= 65535) return number;
  throw new UsageError(
    `'${typed}' (${by}) is no port: give a number from 1 to 65535, for example ${example}`,
  );
}

/** A port to try where one is taken: beside the course's own. */
function another(usual = 5001, taken?: number): number {
  return usual + 1 === taken ? usual + 2 : usual + 1;
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
export async function checkFree({ host, port, usual }: Address): Promise<void> {
  const other = `npm start -- --port ${another(usual, port)}`;
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
          `port ${port} is in use: npm start in this folder has not started what listens there. Stop it, or take another port: ${other}`,
        );
      case "EACCES":
        throw new CourseError(
          `port ${port} is not allowed here (ports below 1024 are the system's): ${other}`,
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
    `--import=${pathToFileURL(join(import.meta.dirname, "killed-app.ts"))}`,
    join(folder, cli ?? ""),
    "watch",
    "--clear-screen=false",
    "--include",
    "step.txt",
    "app.ts",
  ];
}
