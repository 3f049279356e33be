// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, script } from "../table.ts";
import { lobby } from "./edits.ts";

/** 08: sockets that know their session. */
export const wrongTabs = [
  ...faults("08", [
    [
      "who has no session is let in",
      "is refused",
      app("  if (!visitorId) return next(new Error(NO_SESSION));\n", ""),
    ],
    [
      "two tabs meet",
      "two tabs of one visitor never meet",
      lobby("    if (one.visitor === two.visitor) return false;\n", ""),
    ],
    [
      "any number of tabs",
      "the fourth is refused",
      app(
        "  if (tabs >= MOST_TABS) return next(new Error(TOO_MANY));\n",
        "  void [tabs, TOO_MANY];\n",
      ),
    ],
    ["one tab more", "the fourth is refused", app("tabs >= MOST_TABS", "tabs > MOST_TABS")],
    [
      "two tabs, and no more",
      "a visitor may have three tabs",
      app("const MOST_TABS = 3;", "const MOST_TABS = 2;"),
    ],
    [
      "another name for each connection",
      "the name in the chat is the visitor's",
      app(
        "visitor: visitorId, name: anonName }",
        "visitor: visitorId, name: `User${100_000 + Math.floor(Math.random() * 900_000)}` }",
      ),
      app('const { visitorId = "", anonName = "" }', 'const { visitorId = "" }'),
    ],
    [
      "the visitor's id is told",
      "no id of visitor",
      app(
        "{ you: name, partners });",
        '{ you: name, partners });\n      io.to(id).emit("room" as never, members as never);',
      ),
    ],
    [
      "closed tabs count",
      "after one of them is closed",
      app(
        "io.engine.use(useSession);",
        "const opened = new Map<string, number>();\nio.engine.use(useSession);",
      ),
      app(
        'const tabs = io.of("/").adapter.rooms.get(room)?.size ?? 0;',
        "const tabs = opened.get(room) ?? 0;",
      ),
      app("  socket.join(room);\n", "  opened.set(room, tabs + 1);\n"),
    ],
    [
      "those who are refused count",
      "after one of them is closed",
      app(
        "io.engine.use(useSession);",
        "const opened = new Map<string, number>();\nio.engine.use(useSession);",
      ),
      app(
        'const tabs = io.of("/").adapter.rooms.get(room)?.size ?? 0;',
        "const tabs = opened.get(room) ?? 0;\n  opened.set(room, tabs + 1);",
      ),
      app(
        '  socket.on("disconnect", () => {\n',
        '  socket.on("disconnect", () => {\n    opened.set(roomOf(visitorId), (opened.get(roomOf(visitorId)) ?? 0) - 1);\n',
      ),
    ],
    [
      "counted, and let in a moment later",
      "at the same moment, three are let in",
      app("io.use((socket, next) => {", "io.use(async (socket, next) => {"),
      app(
        "  socket.join(room);\n",
        "  await new Promise((done) => setTimeout(done, 50));\n  socket.join(room);\n",
      ),
    ],
    [
      "the page does not say why",
      "a page that is refused says why",
      script(
        '  else show("offline", `No connection: ${error.message}.`);\n',
        '  else show("offline", `No connection. (${error.message.length})`);\n',
      ),
    ],
    [
      "any sid will do",
      "has no session",
      app(
        "io.engine.use(useSession);",
        'io.engine.use(useSession);\nio.engine.use((req: any, _res: any, next: () => void) => {\n  if (/sid=/.test(req.headers.cookie ?? "") || !req.session.visitorId) greet(req.session);\n  next();\n});',
      ),
    ],
  ]),
];
