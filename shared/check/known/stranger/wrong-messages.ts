import { app, faults } from "../table.ts";
import { sessions, view } from "./edits.ts";

/** 10: messages that are shown once. */
export const wrongMessages = [
  ...faults("10", [
    [
      "shown on each page",
      "so is who has been in the chat before",
      sessions("  delete session.flashes;\n", ""),
    ],
    [
      "the last one wins",
      "two that wait are two",
      sessions("[...(session.flashes ?? []), sentence]", "[sentence]"),
    ],
    [
      "one list for all visitors",
      "nobody else sees it",
      sessions(
        "export const flash = (session: Partial<SessionData>, sentence: string) => {\n  session.flashes = [...(session.flashes ?? []), sentence];",
        "const all: string[] = [];\nexport const flash = (_: Partial<SessionData>, sentence: string) => {\n  all.push(sentence);",
      ),
      sessions(
        "  const { flashes = [] } = session;\n  delete session.flashes;\n  return flashes;",
        "  return session ? all.splice(0) : [];",
      ),
    ],
    [
      "a look at the head is a look",
      "to ask for the head of",
      app('req.method === "GET" ? takeFlashes(req.session) : []', "takeFlashes(req.session)"),
    ],
    [
      "the api takes it away",
      "nor does what is no page",
      app(
        'app.get("/api/me", useSession, (req, res) => {\n',
        'app.get("/api/me", useSession, (req, res) => {\n  takeFlashes(req.session);\n',
      ),
    ],
    [
      "taken on all pages, shown on one",
      "the message stands on the next page, also if that is",
      view(
        "top",
        "of locals.takeFlashes?.() ?? []",
        'of [locals.takeFlashes?.() ?? []].flatMap((all) => (path === "/" ? all : []))',
      ),
    ],
    [
      "a button for all of them",
      "takes away this one message",
      view(
        "top",
        "this.parentElement.remove()",
        "document.querySelectorAll('.flash').forEach((it) => it.remove())",
      ),
    ],
    [
      "said before it is done",
      "a form that is refused",
      app(
        'app.post("/register", readForm, async',
        'app.post("/register", readForm, useSession, (req, _res, next) => {\n  flash(req.session, "Your account is made.");\n  next();\n});\napp.post("/register", async',
      ),
      app('  flash(req.session, "Your account is made.");\n  res.redirect', "  res.redirect"),
    ],
    [
      "a button that loads the page again",
      "takes away this one message",
      view("top", "this.parentElement.remove()", "location.reload()"),
    ],
  ]),
];
