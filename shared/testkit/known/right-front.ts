// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, messages, right, script, users } from "./table.ts";

const ESCAPE = `const escape = (text: unknown) =>
  String(text).replace(/[&<>"']/g, (sign) => \`&#\${sign.charCodeAt(0)};\`);
`;
const head = (title: string) => `<!doctype html><html lang="fr"><head>
  <meta name="viewport" content="width=device-width"><title>${title}</title>
  <link rel="stylesheet" href="/style.css"></head>`;
const INPUT = '<input id="content" name="content" maxlength="2000" autocomplete="off" required>';
const DATE = 'message.date.slice(0, 19).replace("T", " ")';
const CELL = "row.insertCell().textContent = String(text);";
const SERVER = "const io = new Server<ClientEvents, ServerEvents>();";
const LISTEN = "const server = app.listen(PORT, HOST);\nio.attach(server);";
const EMIT = 'io.to([roomOf(author), roomOf(recipient)]).emit("message", message);';
const JOIN = "if (user) socket.join(roomOf(user));";
const CLIENT = 'import { io } from "/socket.io/socket.io.esm.min.js";';

/** Pages, scripts and live parts that are written differently. */
export const rightFront = [
  ...right(
    "a table of users",
    "04 05 08",
    users('<ul class="users">', "<table><tbody>"),
    users("</ul>", "</tbody></table>"),
    users("<li>", "<tr><td>"),
    users("</li>", "</td></tr>"),
  ),
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
      'res.render("messages", {\n    user,\n    messages: listMessagesWith.all({ user_id: user.id }).map(toDetails),\n  });',
      "res.send(messagesPage(user, listMessagesWith.all({ user_id: user.id }).map(toDetails)));",
    ),
    app(
      "// --- front ---",
      `// --- front ---\n\n${ESCAPE}
const messagesPage = (user: User, all: MessageDetails[]) => \`${head("Messages")}<body><h1>\${escape(user.name)}</h1><table><tbody>
  \${all.map((it) => \`<tr><td>\${it.date}</td><td>\${escape(it.author.name)}</td><td>\${escape(it.recipient.name)}</td><td>\${escape(it.content)}</td></tr>\`).join("")}
  </tbody></table></body></html>\`;`,
    ),
  ),
  ...right(
    "dates as HTTP writes them",
    "12 13",
    messages(DATE, "new Date(message.date).toUTCString()"),
  ),
  ...right("dates as the API writes them", "12 13", messages(DATE, "message.date")),
  ...right(
    "a larger field",
    "13 14 15 19",
    messages(
      INPUT,
      '<textarea id="content" name="content" maxlength="2000" rows="1" required></textarea>',
    ),
  ),
  ...right(
    "a label that is heard alone",
    "13 15",
    messages('<label for="content">Message</label>', ""),
    messages(INPUT, INPUT.replace(" required", ' aria-label="Message" required')),
  ),
  ...right("the form is reset", "13", script('content.value = "";', "form.reset();")),
  ...right(
    "rows from createElement",
    "14 15 16",
    script("messages.insertRow()", 'document.createElement("tr");\nmessages.append(row)'),
    script(
      CELL,
      'const cell = document.createElement("td");\ncell.append(String(text));\nrow.append(cell);',
    ),
  ),
  ...right(
    "rows from escaped HTML",
    "14 15 18",
    script(
      CELL,
      'const safe = String(text).replace(/[&<>"\']/g, (sign) => `&#${sign.charCodeAt(0)};`);\nrow.insertAdjacentHTML("beforeend", `<td>${safe}</td>`);',
    ),
  ),
  ...right(
    "the server made first, then its sockets",
    "16 17 18 19",
    app("import express, {", 'import { createServer } from "node:http";\nimport express, {'),
    app(
      SERVER,
      "const server = createServer(app);\nconst io = new Server<ClientEvents, ServerEvents>(server);",
    ),
    app(LISTEN, "server.listen(PORT, HOST);"),
  ),
  ...right(
    "a classic script of Socket.IO's",
    "16 17 19",
    script(CLIENT, "const { io } = /** @type {any} */ (globalThis);"),
    messages(
      '<script src="/script.js"',
      '<script src="/socket.io/socket.io.js"></script>\n    <script src="/script.js"',
    ),
  ),
  ...right(
    "a connection that is tried again after a long time",
    "19",
    script("io();", "io({ reconnectionDelay: 6000, randomizationFactor: 0 });"),
  ),
  ...right("WebSocket alone", "16 19", script("io();", 'io({ transports: ["websocket"] });')),
  ...right(
    "an acknowledgement with more in it",
    "17 18 19",
    app("acknowledge(user ? {} :", "acknowledge(user ? ({ ok: true, user } as never) :"),
  ),
  ...right(
    "other names of rooms",
    "18 19",
    app("`user:${user.id}`", "`user-${user.id}`"),
    app(EMIT, 'io.to(roomOf(author)).to(roomOf(recipient)).emit("message", message);'),
  ),
  ...right(
    "first one room, then the other",
    "18 19",
    app(
      EMIT,
      'io.to(roomOf(author)).emit("message", message);\nio.to(roomOf(recipient)).except(roomOf(author)).emit("message", message);',
    ),
  ),
  ...right("rooms by nickname", "18 19", app("`user:${user.id}`", "`nickname:${user.nickname}`")),
  ...right(
    "no rooms: each socket knows its user",
    "18 19",
    app(JOIN, "if (user) socket.data.id = user.id;"),
    app(
      EMIT,
      'for (const socket of io.sockets.sockets.values()) {\nif ([author.id, recipient.id].includes(socket.data.id)) socket.emit("message", message);\n}',
    ),
  ),
  ...right(
    "the answer first, then the sockets",
    "18 19",
    app("res.status(201).json(message);", ""),
    app(EMIT, `res.status(201).json(message);\n${EMIT}`),
  ),
  ...right(
    "a list of what is shown",
    "19",
    script(
      "const rows = [...messages.rows];",
      "const rows = [...messages.rows];\nconst shown = new Set(rows.map((row) => row.dataset.id));",
    ),
    script(
      "rows.some((row) => row.dataset.id === String(message.id))",
      "shown.has(String(message.id))",
    ),
  ),
  ...right(
    "the table is made anew when it catches up",
    "19",
    script(
      "for (const message of answer) showMessage(message);",
      "messages.replaceChildren();\nfor (const message of answer) showMessage(message);",
    ),
  ),
];
