// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, messages, right, script, users } from "../table.ts";

const ESCAPE = `const escape = (text: unknown) =>
  String(text).replace(/[&<>"']/g, (sign) => \`&#\${sign.charCodeAt(0)};\`);
`;
const head = (title: string) => `<!doctype html><html lang="fr"><head>
  <meta name="viewport" content="width=device-width"><title>${title}</title>
  <link rel="stylesheet" href="/style.css"></head>`;
const DATE = "new Date(message.date).toUTCString().slice(5, 22)";
const TIME = `<time datetime="<%= message.date %>"><%= ${DATE} %></time>`;
const SPELLINGS = {
  "as ISO 8601 without seconds": '`${message.date.slice(0, 16).replace("T", " ")} UTC`',
  "as Germans do": 'new Date(message.date).toLocaleString("de", { timeZone: "UTC" })',
  "with AM and PM": 'new Date(message.date).toLocaleString("en-US", { timeZone: "UTC" })',
};

/** Pages, and their dates, that are written differently. */
export const rightFront = [
  ...right(
    "a table of users",
    "04 05 08",
    users('<ul class="users">', "<table><tbody>"),
    users("</ul>", "</tbody></table>"),
    users("<li>", "<tr><td>"),
    users("</li>", "</td></tr>"),
  ),
  ...right("a list of users without end tags", "04 12", users("</li>", "")),
  ...right(
    "a page of users as a template literal",
    "04 05 07 12",
    app('res.render("users", { users: listUsers.all() })', "res.send(usersPage(listUsers.all()))"),
    app(
      "// --- front ---",
      `// --- front ---\n\n${ESCAPE}
const usersPage = (all: User[]) => \`${head("Users")}<body><h1>Users</h1>
  \${all.map((user) => \`<p><a href="/front/messages/\${user.id}">\${escape(user.name)} (\${escape(user.nickname)})</a></p>\`).join("")}
  </body></html>\`;`,
    ),
  ),
  ...right(
    "a page of messages as a template literal",
    "12",
    app(
      'res.render("messages", {\n    user,\n    messages: messagesWith(user.id),\n  });',
      "res.send(messagesPage(user, messagesWith(user.id)));",
    ),
    app(
      "// --- front ---",
      `// --- front ---\n\n${ESCAPE}
const messagesPage = (user: User, all: MessageDetails[]) => \`${head("Messages")}<body><h1>\${escape(user.name)}</h1><table><tbody>
  \${all.map((it) => \`<tr class=\${it.author.id === user.id ? "own" : "received"}><td>\${it.date}</td><td>\${escape(it.author.name)}</td><td>\${escape(it.recipient.name)}</td><td>\${escape(it.content)}</td></tr>\`).join("")}
  </tbody></table></body></html>\`;`,
    ),
  ),
  ...right(
    "HTML without the end tags that may be left out",
    "12 13 14 19",
    messages("<%= message.author.name %></td>", "<%= message.author.name %>"),
    messages("<%= message.recipient.name %></td>", "<%= message.recipient.name %>"),
    messages("</time></td>", "</time>"),
    messages("<%= message.content %></td>\n            </tr>", "<%= message.content %>"),
    messages("        </tbody>\n", ""),
  ),
  ...right(
    "options without end tags",
    "13 19",
    messages("<%= recipient.name %></option>", "<%= recipient.name %>"),
  ),
  ...right(
    "attributes that need no quotes",
    "13 19",
    messages('value="<%= recipient.id %>"', "value=<%= recipient.id %>"),
    messages('data-user-id="<%= user.id %>"', "data-user-id=<%= user.id %>"),
    messages('datetime="<%= message.date %>"', "datetime=<%= message.date %>"),
  ),
  ...right(
    "dates as HTTP writes them",
    "12 13",
    messages(TIME, "<%= new Date(message.date).toUTCString() %>"),
  ),
  ...right("dates as the API writes them", "12 13", messages(TIME, "<%= message.date %>")),
  ...Object.entries(SPELLINGS).flatMap(([how, code]) => [
    ...right(`dates ${how}`, "12", messages(DATE, code)),
    ...right(`dates ${how}, in new rows, too`, "14 19", messages(DATE, code), script(DATE, code)),
  ]),
  ...right("a style of their own for messages received", "12 14", [
    "public/style.css",
    "tbody .own {",
    "tbody .received {",
  ]),
];
