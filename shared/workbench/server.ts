import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { basename, delimiter, join } from "node:path";
import { aboutCourse } from "../course/about.ts";
import { type Course, findStep } from "../course/course.ts";
import { CourseError, codeOf, explain } from "../course/errors.ts";
import type { World } from "../course/world.ts";
import type { Address } from "../running/server.ts";
import { Application } from "./application.ts";
import { Asked } from "./asked.ts";
import { Events } from "./events.ts";
import { refuse } from "./guard.ts";
import { Jobs } from "./jobs.ts";
import { doableOf } from "./lesson.ts";
import { findPage } from "./pages.ts";
import { readPlace, stamp } from "./state.ts";

/** What a workbench works with. */
export type Settings = {
  world: World;
  course: Course;
  /** Absolute path of the built website. */
  site: string;
  /** Where the workbench listens; only ever on 127.0.0.1. */
  port: number;
  /** Where the application listens. */
  app: Address;
};

/** How often it is looked at what was done in a terminal, in ms. */
const LOOK = 400;
/** The largest request, in bytes. */
const MOST = 10_000;
const CLIENT = join(import.meta.dirname, "client");
const ASSETS: Readonly<Record<string, string>> = {
  "/workbench/client.js": "text/javascript; charset=utf-8",
  "/workbench/client.css": "text/css; charset=utf-8",
};

/**
 * Serves the pages of the website, and does what their buttons ask for.
 * @returns its address, and what ends it together with all that it started
 * @throws CourseError if the port is taken
 */
export const openWorkbench = async (settings: Settings) => {
  const { world, course, port, app: address } = settings;
  const token = randomBytes(24).toString("base64url");
  const events = new Events();
  const about = aboutCourse(world.root, course.folder);
  // Where nothing is adopted yet, this course's first step is what starts.
  const own = { ...world, env: { ...world.env, COURSE: course.folder } };
  const app = new Application(own, address, (text) => events.send("log", text));
  const jobs = new Jobs({
    started: (job) => events.send("started", job),
    printed: (id, text) => events.send("printed", { id, text }),
    ended: (id, code) => {
      events.send("ended", { id, code });
      look(true);
    },
  });

  const state = async () => ({
    ...(await readPlace(world, course)),
    app: { ...(await app.condition(course)), port: address.port },
  });
  let last = "";
  let isLooking = false;
  /** Tells the pages what changed; nothing is asked while nobody looks. */
  const look = async (always = false) => {
    if (isLooking || events.count === 0) return;
    isLooking = true;
    try {
      const now = await state();
      const text = JSON.stringify([stamp(world), now]);
      if (always || text !== last) events.send("state", now);
      last = text;
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(look, LOOK);

  const main = join(world.root, "shared/version/main.ts");
  const env = {
    ...world.env,
    PATH: `${join(world.root, "node_modules/.bin")}${delimiter}${world.env.PATH ?? ""}`,
    PORT: String(address.port),
    COURSE: course.folder,
    NO_COLOR: "1",
  };
  const version = (...args: string[]) =>
    jobs.start(
      { title: `./version.sh ${args.join(" ")}`, isVerb: true },
      [world.execPath, main, ...args],
      { cwd: world.root, env },
    );
  const startApp = async () => {
    const { other } = await readPlace(world, course);
    if (other !== undefined)
      throw new CourseError(
        `${other} is adopted, a step of another course: adopt one of ${course.folder} first`,
      );
    app.start();
  };
  /** The lessons are written for the course's usual port; ours is asked in its place, and no other. */
  const usualPort = new RegExp(`\\b${about.port}\\b`, "g");
  const here = async (command: string): Promise<string> => {
    if (command.match(usualPort) === null) return command;
    const { state, note } = await app.condition(course);
    if (state === "foreign") throw new CourseError(note ?? `port ${address.port} is not ours`);
    return command.replaceAll(usualPort, String(address.port));
  };
  const perform = async (asked: Asked): Promise<object> => {
    if ("app" in asked) {
      if (asked.app === "stop") await app.stop();
      else await startApp();
      return {};
    }
    if ("stop" in asked) {
      jobs.stop(asked.stop);
      return {};
    }
    if ("command" in asked) {
      const { commands } = doableOf(world.root, course, findStep(course, asked.step));
      if (!commands.includes(asked.command))
        throw new CourseError(`the lesson of step ${asked.step} has no such command`);
      const command = await here(asked.command);
      const start = { cwd: world.root, env };
      return { id: jobs.start({ title: command, isVerb: false }, ["bash", "-c", command], start) };
    }
    if ("step" in asked) return { id: version(asked.verb, findStep(course, asked.step).dir) };
    return { id: version(asked.verb) };
  };

  const head = `<link rel="stylesheet" href="/workbench/client.css"><script type="module" src="/workbench/client.js" data-token="${token}" data-app="${address.port}" data-port="${about.port}" data-course="${basename(course.folder)}"></script>`;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const isPage = !url.pathname.startsWith("/workbench/") || url.pathname in ASSETS;
    const given = request.headers["x-workbench-token"] ?? url.searchParams.get("token");
    const asked = isPage ? undefined : { expected: token, given: String(given ?? "") };
    const refused = refuse(request, port, asked);
    // No other page may show ours in a frame, and lead a click to a button.
    response.setHeader("content-security-policy", "frame-ancestors 'none'");
    response.setHeader("x-content-type-options", "nosniff");
    if (refused) return json(response, refused.status, { error: refused.error });
    if (isPage) {
      if (request.method !== "GET" && request.method !== "HEAD")
        return json(response, 405, { error: "pages are only read" });
      const type = ASSETS[url.pathname];
      const page =
        type === undefined
          ? findPage(settings.site, url.pathname, head)
          : { type, status: 200, body: readFileSync(join(CLIENT, url.pathname.slice(11))) };
      response.writeHead(page.status, { "content-type": page.type, "cache-control": "no-store" });
      return response.end(page.body);
    }
    if (url.pathname === "/workbench/events" && request.method === "GET") {
      events.add(response);
      events.send("state", await state(), [response]);
      return events.send("log", app.log(), [response]);
    }
    if (url.pathname === "/workbench/step" && request.method === "GET")
      return json(
        response,
        200,
        doableOf(world.root, course, findStep(course, url.searchParams.get("id") ?? "")),
      );
    if (url.pathname === "/workbench/run" && request.method === "POST") {
      const wanted = Asked.safeParse(await bodyOf(request));
      if (!wanted.success)
        return json(response, 422, { error: "the workbench does no such thing" });
      return json(response, 200, await perform(wanted.data));
    }
    return json(response, 404, { error: `no ${request.method} ${url.pathname}` });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      if (!response.headersSent) json(response, 400, { error: explain(error).line });
      else response.end();
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((error) => {
    clearInterval(timer);
    if (codeOf(error) !== "EADDRINUSE") throw error;
    throw new CourseError(
      `port ${port} is in use, perhaps by another workbench: open http://127.0.0.1:${port}, or take another port: npm run workbench -- --port ${port + 1}`,
    );
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    token,
    close: async () => {
      clearInterval(timer);
      events.close();
      server.close();
      server.closeAllConnections();
      await Promise.all([app.stop(), jobs.stopAll()]);
    },
  };
};

const json = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
};

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  let text = "";
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MOST) throw new CourseError("the request is too large");
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
