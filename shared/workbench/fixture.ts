import { request as httpRequest } from "node:http";
import { onTestFinished } from "vitest";
import { readCourse } from "../course/course.ts";
import type { World } from "../course/world.ts";
import { addFixtureCourse } from "../testkit/fixture-course.ts";
import { freePort } from "../testkit/free-port.ts";
import { FOUR_STEPS, installTools, makeRepository, type Repository } from "../version/fixture.ts";
import { openWorkbench } from "./server.ts";

const page = (step: string, body: string, course = "steps") => `<!doctype html>
<html lang="en" data-course="${course}" data-step="${step}">
<head><meta charset="utf-8"><title>Step ${step}</title></head>
<body>
<nav>${["00", "01", "01b", "02"].map((id) => `<a href="/steps/${id}/">Step ${id}</a>`).join("\n")}</nav>
<div id="workbench" hidden></div>
<main>${body}</main>
</body></html>`;

/** What a course of FOUR_STEPS says of itself. */
export const ABOUT = JSON.stringify({
  title: "Four steps",
  introduction: "They answer with their version.",
  port: 5001,
  version: { path: "/api/version" },
  pages: [{ from: "01", path: "/front/messages/1", beside: "/front/messages/2" }],
  imports: [],
  budget: { added: 40, total: 264 },
});

/** A website as small as it can be, with all that the workbench looks for. */
const SITE = {
  "site/dist/index.html": page("00", "<h1>Home</h1>"),
  "site/dist/steps/00/index.html": page("00", '<div data-command="http :5001"></div>'),
  "site/dist/steps/01/index.html": page("01", '<div data-command="echo $PORT"></div>'),
  "site/dist/tiny/01/index.html": page(
    "01",
    '<div data-command="http :5040/notes"></div><a href="http://localhost:5040/board">the page</a>',
    "tiny",
  ),
  "site/dist/private.txt": "not a page",
};
const LESSON =
  "# connect to a database\n\n## Try it\n\n```bash\necho $PORT 5001\nfalse\n```\n\nOpen <http://localhost:5001/front/messages/1>.\n";

/**
 * A workbench on a repository of four steps and the fixture course, in this process; ended with the test.
 * @param folder the course that it shows
 */
export const startWorkbench = async (folder = "steps") => {
  const repository = makeRepository({
    ...FOUR_STEPS,
    ...SITE,
    "steps/course.json": ABOUT,
    "steps/01/README.md": LESSON,
    "steps/02/README.md": "# create a table\n\n```bash\nhttp :5001/secret\n```\n",
  });
  installTools(repository);
  addFixtureCourse(repository.root);
  const world = worldOf(repository);
  const [port, appPort] = [await freePort(), await freePort()];
  const workbench = await openWorkbench({
    world,
    course: readCourse(world, folder),
    site: repository.path("site/dist"),
    port,
    app: { host: "127.0.0.1", port: appPort },
  });
  onTestFinished(workbench.close);
  return { ...workbench, repository, port, appPort };
};

const worldOf = ({ root }: Repository): World => ({
  root,
  cwd: root,
  env: { PATH: process.env.PATH, HOME: process.env.HOME },
  platform: process.platform,
  execPath: process.execPath,
  stdout: { write: () => true },
  stderr: { write: () => true },
  isTTY: false,
  now: () => new Date(),
  onSignal: () => () => {},
});

/** Sends a request with any headers, also those that fetch does not let one choose. */
export const send = (
  port: number,
  path: string,
  { method = "GET", headers = {}, body = "" } = {},
): Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
      );
    });
    request.on("error", reject).end(body);
  });

/** The events that a page is sent, as they come. */
export const listenTo = async (port: number, token: string) => {
  const events: { name: string; data: unknown }[] = [];
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const response = await fetch(`http://127.0.0.1:${port}/workbench/events?token=${token}`, {
    signal: stop.signal,
  });
  const read = async () => {
    let text = "";
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const parts = text.split("\n\n");
      text = parts.pop() ?? "";
      for (const part of parts) {
        const [, name = "", data = "null"] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? [];
        events.push({ name, data: JSON.parse(data) });
      }
    }
  };
  read().catch(() => {});
  return {
    of: (name: string) => events.filter((event) => event.name === name).map(({ data }) => data),
  };
};
