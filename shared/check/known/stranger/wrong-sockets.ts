import { app, faults, script } from "../table.ts";
import { chat, lobby } from "./edits.ts";

/** 11c and 12: the end, and the name of the account. */
export const wrongSockets = [
  ...faults("11c", [
    [
      "nobody is told",
      "it tells all who are connected",
      app(
        '  io.emit("system", { text: "The server stops, and all chats end. Come back in a minute." });\n',
        "",
      ),
    ],
    [
      "only those who talk are told",
      "it tells all who are connected",
      app('io.emit("system"', 'io.to("talking").emit("system"'),
    ],
    [
      "SIGTERM is not heard",
      "it tells all who are connected",
      app('["SIGINT", "SIGTERM"]', '["SIGINT"]'),
    ],
    [
      "it ends with 1",
      "it tells all who are connected",
      app("  db.close();\n};", "  db.close();\n  process.exit(1);\n};"),
    ],
    ["it never ends", "does not end within", app("  clearInterval(cleanTimer);\n", "")],
    [
      "the second signal kills",
      "twice in a row",
      app("process.on(signal, stop)", "process.once(signal, stop)"),
    ],
    [
      "it waits for who never ends",
      "twice in a row",
      app("  setTimeout(() => server.closeAllConnections(), 2000).unref();\n", ""),
    ],
    [
      "who asks is cut off",
      "a request that has begun is answered",
      app("server.closeIdleConnections();", "server.closeAllConnections();"),
    ],
    [
      "the database is closed first",
      "who has sent a form gets an answer",
      app("  await closed;\n  db.close();\n", "  db.close();\n  await closed;\n"),
    ],
    [
      "the page says nothing",
      "a page says that the server stops",
      script('socket.on("system", ({ text }) => {\n  addLine(text);\n});\n', ""),
    ],
  ]),
  ...faults("12", [
    [
      "an account has as many tabs as it has devices",
      "an account has three tabs in all",
      ["lib/chat.ts", "      if (user) rooms.push(roomOf(user.username));\n", ""],
    ],
    [
      "sockets stay",
      "closes all connections of the visitor",
      app('  if (visitorId) res.on("close", () => disconnect(io, visitorId));\n', ""),
    ],
    [
      "one tab is closed",
      "closes all connections of the visitor",
      chat(
        "  io.in(roomOf(visitorId)).disconnectSockets(true);",
        '  const [first = ""] = io.of("/").adapter.rooms.get(roomOf(visitorId)) ?? [];\n  io.in(first).disconnectSockets(true);',
      ),
    ],
    [
      "everybody is cut off",
      "those of nobody else",
      chat(
        "io.in(roomOf(visitorId)).disconnectSockets(true);",
        "io.disconnectSockets(Boolean(roomOf(visitorId)));",
      ),
    ],
    [
      "not at a logout",
      "to log out closes all connections",
      app(
        '  await begin(req, res);\n  flash(req.session, "You are logged out.");',
        '  await renew(req);\n  flash(req.session, "You are logged out.");',
      ),
    ],
    [
      "the session of the handshake holds",
      "whose handshake began before",
      chat(
        "socket.request.session.reload((error) => {",
        "((act: (error?: Error) => void) => act())((error) => {",
      ),
    ],
    [
      "the name of chance in the chat",
      "bears the name of the account in the chat",
      chat("const name = user?.username ?? anonName;", "const name = user ? anonName : anonName;"),
    ],
    [
      "the page shows the name of chance",
      "the page of the chat shows the name of the account",
      app(
        'name: user?.username ?? anonName });\n});\n\napp.get("/login"',
        'name: user ? anonName : anonName });\n});\n\napp.get("/login"',
      ),
    ],
    ["an account meets itself", "never meets themselves", lobby(" || one.name === two.name", "")],
    [
      "a logout is one for all devices",
      "to log in on one device closes nothing on the other",
      app("  const { visitorId } = req.session;\n", "  const { visitorId, user } = req.session;\n"),
      app(
        '  if (visitorId) res.on("close",',
        '  if (user) disconnect(io, user.username);\n  if (visitorId) res.on("close",',
      ),
    ],
    [
      "closed before the answer, and the page comes back at once",
      "a login in another tab shows",
      app('res.on("close", () => disconnect(io, visitorId));', "disconnect(io, visitorId);"),
      script("setTimeout(() => socket.connect(), 1000)", "setTimeout(() => socket.connect(), 0)"),
    ],
    [
      "the page does not come back",
      "a login in another tab shows",
      script(
        '  if (reason === "io server disconnect") setTimeout(() => socket.connect(), 1000);\n',
        "",
      ),
    ],
    [
      "the page keeps the name",
      "a login in another tab shows",
      script("  if (response?.ok) you.textContent = (await response.json()).name;\n", ""),
    ],
  ]),
];
