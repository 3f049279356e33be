import { app, faults } from "../table.ts";

const API =
  'app.use("/api", (thrown: Error, _req: Request, res: Response, _next: NextFunction) => {';
const where = (condition: string) =>
  app(
    API,
    `app.use((thrown: Error, req: Request, res: Response, next: NextFunction) => {\n  if (!(${condition})) return next(thrown);`,
  );

/** 12: which errors are pages, and which are data. */
export const wrongErrors = [
  ...faults("12", [
    [
      "errors of a path in capitals as pages",
      "errors under /api stay JSON",
      where('req.originalUrl.startsWith("/api/")'),
    ],
    [
      "errors of a path that begins alike as JSON",
      "/apis gets a page of our own",
      where("/^\\/api/i.test(req.originalUrl)"),
    ],
    [
      "errors of /db as JSON",
      "/db/nothing gets a page of our own",
      where("/^\\/(api|db)\\//i.test(req.originalUrl)"),
    ],
    [
      "errors of all but /front as JSON",
      "gets a page of our own",
      where('!req.originalUrl.startsWith("/front")'),
    ],
    [
      "errors by what a client accepts",
      "errors under /api stay JSON",
      where('req.accepts("html") !== "html"'),
    ],
    [
      "malformed JSON gets a page",
      "malformed JSON under /api",
      where("/^\\/api\\//i.test(req.originalUrl) && !(thrown instanceof SyntaxError)"),
    ],
    [
      "malformed JSON is an error of ours",
      "malformed JSON under /api",
      app(
        "return createError(error);",
        "return createError(error instanceof SyntaxError ? 500 : error);",
      ),
    ],
    [
      "a new message's faults get a page",
      "errors under /api stay JSON",
      where('/^\\/api\\//i.test(req.originalUrl) && req.method === "GET"'),
    ],
    [
      "an end after an error",
      "and the app goes on",
      app(
        "if (status >= 500) console.error(error);",
        "if (status >= 500) {\n    console.error(error);\n    setTimeout(() => process.exit(1));\n  }",
      ),
    ],
    [
      "an end after an error of a page",
      "and the app goes on",
      app(
        'res.status(answer.status).render("error", answer);',
        'res.status(answer.status).render("error", answer);\n  if (answer.status >= 500) throw thrown;',
      ),
      app(
        "// --- errors ---",
        '// --- errors ---\n\nprocess.on("uncaughtException", () => process.exit(1));',
      ),
      app(
        'app.get("/front/messages/:user_id", (req, res) => {',
        'app.get("/front/messages/:user_id", async (req, res) => {\n  setImmediate(() => listMessages.all());',
      ),
    ],
  ]),
];
