// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, script, style } from "../table.ts";
import { error, top } from "./edits.ts";

/** 00 and 01: pages, and waiting. */
export const wrongPages = [
  ...faults("00", [
    [
      "the page of an error takes HTML",
      "stands on the page of an error as text",
      error("<%= error %>", "<%- error %>"),
    ],
    [
      "no page for this, and all is well",
      "answered 404, with a page that leads back",
      app("res.status(answer.status).render(", "res.render("),
    ],
    [
      "who begins like /api is the api",
      "answered 404, with a page that leads back",
      app(
        "  const answer = toAnswer(thrown);\n",
        '  const answer = toAnswer(thrown);\n  if (_req.path.startsWith("/api")) return void res.status(answer.status).json(answer);\n',
      ),
    ],
    ["an error of the api is a page", "404 in JSON", app('app.use("/api", ', 'app.use("/apis", ')],
    [
      "the links look all alike",
      "marks the page that is shown",
      top(' <% if (path === "/chat") { %>aria-current="page"<% } %>>Random', ">Random"),
    ],
    [
      "with a question behind it, it is another page",
      "marks the page that is shown",
      app("res.locals.path = req.path;", "res.locals.path = req.originalUrl;"),
    ],
    [
      "the whole folder may be loaded",
      "an unknown path is answered 404",
      app(
        'app.use(express.static(join(import.meta.dirname, "public")));',
        'app.use(express.static(join(import.meta.dirname, "public")), express.static(import.meta.dirname));',
      ),
    ],
    [
      "a style from somewhere else",
      "another server",
      top('href="/style.css"', 'href="https://cdn.example/style.css"'),
    ],
    [
      "an error without the layout",
      "the same layout",
      error('<%- include("top", { title: `Error ${status}` }) %>', "<!doctype html>"),
    ],
    ["one title for all", "a title of its own", top("<%= title %> · ", "")],
    [
      "the trace is sent along",
      "no trace",
      app("error: expose ? message :", "error: expose ? String(error.stack) :"),
    ],
    [
      "long words are not broken",
      "wider than the window",
      style("  overflow-wrap: anywhere;\n", ""),
    ],
  ]),
  ...faults("01", [
    [
      "everybody wants an answer",
      "who wants no acknowledgement",
      app(
        "wantsAnswer ? (values.pop() as Acknowledge) : () => {};",
        "values.pop() as Acknowledge;",
      ),
      app('  const wantsAnswer = typeof values.at(-1) === "function";\n', ""),
    ],
    [
      "connections begin by polling",
      "does not begin it by polling",
      app('  transports: ["websocket"],\n', ""),
    ],
    [
      "any page may connect",
      "of another site may not",
      app('!origin || origin.split("//")[1] === host', "true || !origin || !host"),
    ],
    [
      "a site that begins like ours is ours",
      "of another site may not",
      app(
        'origin.split("//")[1] === host',
        'String(origin.split("//")[1]).startsWith(String(host))',
      ),
    ],
    [
      "the server is called localhost",
      "whatever our server is called",
      app(
        'origin.split("//")[1] === host',
        "/^http:\\/\\/(localhost|127\\.0\\.0\\.1):/.test(origin) && !!host",
      ),
    ],
    ["events of any length", "20,000 bytes", app("  maxHttpBufferSize: 20_000,\n", "")],
    ["a ghost waits", "who comes second is told", app("    lobby.lose(member);\n", "")],
    [
      "who joins twice is there as often",
      "cannot join again",
      app('    if (this.#queue.has(member)) throw createError(409, "already waiting");\n', ""),
    ],
    [
      "who joins is ahead of themselves",
      "nobody is ahead",
      app("return this.#queue.size - 1;", "return this.#queue.size;"),
    ],
    [
      "who only looks on counts, too",
      "who comes second is told",
      app(
        'socket.emit("waiting", { ahead });',
        'socket.emit("waiting", { ahead: io.engine.clientsCount - 1 });',
      ),
    ],
    [
      "the button may be pressed again",
      "waits when its button is pressed",
      script('find.disabled = state !== "idle";', 'find.disabled = state === "offline";'),
    ],
    [
      "the page does not come back",
      "comes back by itself",
      script(
        'io({ transports: ["websocket"] })',
        'io({ transports: ["websocket"], reconnection: false })',
      ),
    ],
    [
      "a lost connection is nobody's affair",
      "whose connection is lost says so",
      script(
        '  show("offline", "The connection is lost, and your place with it. It comes back by itself.");\n',
        "",
      ),
      script('  show("offline", "No connection. The page tries again by itself.");\n', ""),
    ],
  ]),
];
