import { aboutCourse } from "../course/about.ts";
import { type Course, titleFor } from "../course/course.ts";
import { CourseError, codeOf } from "../course/errors.ts";
import { type Address, requestUrl } from "./server.ts";

/** How long a step may take for one answer, in milliseconds. */
export const TIME_LIMIT_MS = 5000;

/** An answer of the running step; the body is undefined where it is not JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The cookies that it sets, as a request sends them back: `a=1; b=2`. */
  readonly cookie: string;
}

/** What is sent to the running step: by POST where there is something to send. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as a form. */
  readonly form?: URLSearchParams | FormData;
}

/**
 * Sends one request to the running step.
 * @throws CourseError if nothing answers there, not in time, or not in HTTP
 */
export async function ask(
  address: Address,
  path: string,
  { headers, json, form }: Sent = {},
): Promise<Answer> {
  const { port } = address;
  const options = port === address.usual ? "" : ` -- --port ${port}`;
  try {
    const response = await fetch(requestUrl(address) + path, {
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
      redirect: "manual",
      // A kept connection would break when the step restarts, and keep this process waiting.
      headers: {
        connection: "close",
        // A form says by itself what it is, with the boundary of its parts.
        ...(form === undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(json === undefined && form === undefined
        ? {}
        : { method: "POST", body: form ?? JSON.stringify(json) }),
    });
    const cookies = response.headers.getSetCookie().map((each) => each.split(";", 1)[0]);
    return {
      status: response.status,
      body: parse(await response.text()),
      cookie: cookies.join("; "),
    };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (codeOf(cause) === "ECONNREFUSED")
      throw new CourseError(
        `no server answers on port ${port}: start one in another terminal with npm start${options} (or name another port with --port)`,
      );
    if (error instanceof Error && error.name === "TimeoutError")
      throw new CourseError(
        `the server on port ${port} did not answer ${path} within ${TIME_LIMIT_MS / 1000} s: restart it, or name another port with --port`,
      );
    throw new CourseError(notOurs(port, `it does not answer in HTTP: ${codeOf(cause) ?? cause}`));
  }
}

/**
 * Which step of the course answers there, by the version route that the course names.
 * @returns its id; undefined for the steps before the one that brings the route
 * @throws CourseError if what answers is no step of the course
 */
export async function runningVersion(
  root: string,
  course: Course,
  address: Address,
): Promise<string | undefined> {
  const { path } = aboutCourse(root, course.folder).version;
  const { status, body } = await ask(address, path);
  if (status === 404) return undefined;
  const version = fieldOf(body, "version");
  if (course.steps.some((step) => step.id === version)) return String(version);
  throw new CourseError(notOurs(address.port, `it answers ${path} with status ${status}`));
}

/** The line for a port where something else than a step answers. */
export function notOurs(port: number, why: string): string {
  return `what answers on port ${port} is no step of this course (${why}): stop it and run npm start, or name another port with --port`;
}

/** The step whose title brings a route such as "POST /api/users"; undefined if no title has it. */
export function introducedBy(course: Course, route: string): string | undefined {
  const escaped = route.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = new RegExp(`(^|[\\s(])${escaped}(?![\\w/])`);
  return course.steps.find((step) => found.test(titleFor(step)))?.id;
}

/** A field of a JSON object; undefined where there is no object or no such field. */
export function fieldOf(body: unknown, field: string): unknown {
  return typeof body === "object" && body !== null ? Reflect.get(body, field) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
