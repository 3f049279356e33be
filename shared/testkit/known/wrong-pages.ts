// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, messages } from "./table.ts";

const FOUND = `app.get("/front/messages/:user_id", (req, res) => {
  const user = findUser(req.params.user_id);`;
const DATE = 'message.date.slice(0, 19).replace("T", " ")';
const LIST = "messages: listMessagesWith.all({ user_id: user.id }).map(toDetails)";
const AUTHOR = "<td><%= message.author.name %></td>";
const RECIPIENT = "<td><%= message.recipient.name %></td>";
const PAGE = 'return res.status(status).render("error", { status, ...answer });';

/** 12: a page of messages, and one for errors. */
export const wrongPages = [
  ...faults("12", [
    [
      "HTML in the headline",
      "HTML in names and messages",
      messages("of <%= user.name", "of <%- user.name"),
    ],
    [
      "HTML in an author's name",
      "HTML in names and messages",
      messages("<%= message.author.name", "<%- message.author.name"),
    ],
    [
      "HTML in a message",
      "HTML in names and messages",
      messages("<%= message.content", "<%- message.content"),
    ],
    [
      "HTML in a recipient's name",
      "HTML in names and messages",
      messages("<%= message.recipient.name", "<%- message.recipient.name"),
    ],
    [
      "HTML in the title",
      "HTML in names and messages",
      messages("<title><%= user.name", "<title><%- user.name"),
    ],
    ["HTML on the error page", "HTML in an address", ["views/error.ejs", "<%= error", "<%- error"]],
    ["the headline does not say whose", "names the user", messages("of <%= user.name %>", "")],
    [
      "the date in the server's own time",
      "in UTC",
      messages(DATE, 'new Date(message.date).toLocaleString("sv")'),
    ],
    ["the day alone", "in UTC", messages(DATE, "message.date.slice(0, 10)")],
    [
      "to before from",
      "its table shows",
      messages(`${AUTHOR}\n              ${RECIPIENT}`, `${RECIPIENT}\n${AUTHOR}`),
    ],
    [
      "nicknames instead of names",
      "its table shows",
      messages("message.author.name", "message.author.nickname"),
    ],
    ["the last one first", "its table shows", app(LIST, `${LIST}.reverse()`)],
    ["messages of somebody else", "its table shows", app(LIST, LIST.replace("user.id", "2"))],
    ["five at most", "its table shows", app(LIST, `${LIST}.slice(0, 5)`)],
    ["data instead of a page", "is an HTML page", app('res.render("messages", {', "res.json({")],
    [
      "an unknown user has an empty page",
      "/front/messages/99 gets a page of our own with status 404",
      app(
        FOUND,
        FOUND.replace(
          "findUser(req.params.user_id)",
          '(selectUser.get(Number(req.params.user_id)) ?? { id: 0, name: "" }) as User',
        ),
      ),
    ],
    ["errors of pages as JSON", "gets a page of our own", app(PAGE, "")],
    [
      "a page for errors with status 200",
      "with status 404",
      app(".status(status).render", ".render"),
    ],
    [
      "a page for errors without style",
      "gets a page of our own",
      ["views/error.ejs", '<link rel="stylesheet" href="/style.css">', ""],
    ],
    [
      "an error outside of /front as JSON",
      "/nothing gets a page",
      app("!/^\\/api\\b/i.test(req.path)", 'req.path.startsWith("/front")'),
    ],
    [
      "the page asks the address that the client names",
      "does not depend on the Host header",
      app(FOUND, FOUND.replace("(req, res)", "async (req, res)")),
      app(
        LIST,
        "messages: await (await fetch(`http://${req.headers.host}/api/messages/with/${user.id}`)).json()",
      ),
    ],
    [
      "an error of SQLite on the page",
      "tells nothing of it",
      app('expose ? message : "Internal server error"', "message"),
    ],
    ["a stack on the page", "tells nothing of it", app('"Internal server error"', "error.stack")],
  ]),
  ...faults(
    "12",
    [
      [
        "errors of the API as pages",
        "answers 404",
        app("!/^\\/api\\b/i.test(req.path)", 'req.path !== ""'),
      ],
    ],
    "06",
  ),
];
