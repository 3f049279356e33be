// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, messages, style } from "../table.ts";

const FOUND = `app.get("/front/messages/:user_id", (req, res) => {
  const user = findUser(req.params.user_id);`;
const DATE = "new Date(message.date).toUTCString().slice(5, 22)";
const LIST = "messages: messagesWith(user.id)";
const AUTHOR = '<td role="cell" dir="auto"><%= message.author.name %></td>';
const RECIPIENT = '<td role="cell" dir="auto"><%= message.recipient.name %></td>';
const CONTENT = '<td role="cell" dir="auto"><%= message.content %></td>';
const OWN = 'message.author.id === user.id ? "own" : "received"';
const PAGE = 'res.status(answer.status).render("error", answer);';
/** The sign that begins a tag is not the only one that means something. */
const HALF_ESCAPED = 'replaceAll("<", "&lt;")';

/** 12: a page of messages, and one for errors. */
export const wrongPages = [
  ...faults("12", [
    [
      "HTML in the headline",
      "HTML in names and messages",
      messages('<span dir="auto"><%= user.name', '<span dir="auto"><%- user.name'),
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
      ["views/head.ejs", "<%= title", "<%- title"],
    ],
    [
      "one sign of HTML alone is escaped",
      "HTML in names and messages",
      messages("<%= message.content %>", `<%- message.content.${HALF_ESCAPED} %>`),
    ],
    [
      "a name in an attribute, quotes not escaped",
      "HTML in names and messages",
      messages("<h1>", `<h1 title="<%- user.name.${HALF_ESCAPED} %>">`),
    ],
    [
      "a name in an attribute without quotes",
      "HTML in names and messages",
      messages("<h1>", "<h1 title=<%= user.name %>>"),
    ],
    [
      "a message in an attribute without quotes",
      "HTML in names and messages",
      messages(
        CONTENT,
        '<td role="cell" title=<%= message.content %> dir="auto"><%= message.content %></td>',
      ),
    ],
    [
      "escaped twice",
      "HTML in names and messages",
      messages("<%= message.content %>", `<%= message.content.${HALF_ESCAPED} %>`),
    ],
    ["HTML on the error page", "HTML in an address", ["views/error.ejs", "<%= error", "<%- error"]],
    [
      "the headline does not say whose",
      "names the user",
      messages(' of <span dir="auto"><%= user.name %></span>', ""),
    ],
    [
      "the date in the server's own time",
      "in UTC",
      messages(DATE, 'new Date(message.date).toLocaleString("sv")'),
    ],
    [
      "for machines, the date in the server's own time",
      "in UTC",
      messages(
        'datetime="<%= message.date %>"',
        'datetime="<%= new Date(message.date).toLocaleString("sv") %>"',
      ),
    ],
    ["the day alone", "in UTC", messages(DATE, "message.date.slice(0, 10)")],
    ["the time alone", "in UTC", messages(DATE, "message.date.slice(11, 19)")],
    ["the date of today", "in UTC", messages(DATE, "new Date().toUTCString().slice(5, 22)")],
    [
      "one date for all",
      "in UTC",
      messages(DATE, "new Date(messages[0].date).toUTCString().slice(5, 22)"),
    ],
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
    ["the newest hundred", "each of many messages", app(LIST, `${LIST}.slice(-100)`)],
    ["a page of twenty", "each of many messages", app(LIST, `${LIST}.slice(0, 20)`)],
    [
      "in the order of text",
      "its table shows",
      app(LIST, `${LIST}.sort((a, b) => a.content.localeCompare(b.content))`),
    ],
    ["data instead of a page", "is an HTML page", app('res.render("messages", {', "res.json({")],
    [
      "own messages on the side of the others",
      "one's own messages stand apart",
      messages(OWN, '"received"'),
    ],
    [
      "the first user's messages on the right for all",
      "one's own messages stand apart",
      messages(OWN, 'message.author.id === 1 ? "own" : "received"'),
    ],
    [
      "own is who has the same name",
      "one's own messages stand apart",
      messages(OWN, 'message.author.name === user.name ? "own" : "received"'),
    ],
    [
      "own and other messages look alike",
      "one's own messages stand apart",
      style("tbody .own {", "tbody .mine {"),
    ],
    [
      "apart on large screens alone",
      "one's own messages stand apart",
      style(
        "tbody .own {",
        "@media (max-width: 40rem) { tbody .own { all: revert-layer } }\ntbody .mine {",
      ),
    ],
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
    [
      "errors of pages as JSON",
      "gets a page of our own",
      app(PAGE, PAGE.replace('render("error", answer)', "json(answer)")),
    ],
    [
      "a page for errors with status 200",
      "with status 404",
      app(PAGE, PAGE.replace(".status(answer.status)", "")),
    ],
    [
      "a page for errors without style",
      "gets a page of our own",
      [
        "views/error.ejs",
        '<%- include("head", { title: `Error ${status}` }) %>',
        "<title>Error</title>",
      ],
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
    [
      "errors of the API as pages",
      "errors under /api stay JSON",
      app('app.use("/api", (thrown', 'app.use("/none", (thrown'),
    ],
  ]),
];
