// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";

const REFUSED =
  "console.error(`Cannot listen on ${ADDRESS} (${error}): set PORT or HOST, or stop what is there.`)";

/** 00: where the server listens, and what it says when it cannot. */
export const wrongStart = [
  ...faults("00", [
    [
      "the version is written down",
      "with the version",
      app("basename(import.meta.dirname)", '"0.1"'),
    ],
    ["another greeting", "GET / answers hello", app("hello, this is", "hi, this is")],
    ["the greeting as HTML", "GET / answers hello", app('type("text")', 'type("html")')],
    [
      "another status",
      "GET / answers hello",
      app('res.type("text")', 'res.status(203).type("text")'),
    ],
    ["every page says hello", "an unknown page answers 404", app('app.get("/", (', "app.use((")],
    [
      "the whole network may connect",
      "it listens on 127.0.0.1 alone",
      app('HOST || "127.0.0.1"', 'HOST || "0.0.0.0"'),
    ],
    [
      "HOST is not read",
      "HOST gives another address",
      app('process.env.HOST || "127.0.0.1"', '"127.0.0.1"'),
    ],
    ["another port by default", "without PORT it takes 5001", app("|| 5001", "|| 3000")],
    ["a busy port counts as success", "a busy port", app("process.exit(1)", "process.exit(0)")],
    ["a busy port prints a stack", "a busy port", app(REFUSED, "console.error(error)")],
    [
      "a busy port is told without its number",
      "a busy port",
      app(REFUSED, 'console.error("Cannot listen")'),
    ],
    ["nobody listens to the error of a busy port", "a busy port", app(REFUSED, "throw error")],
    [
      "anything counts as a port",
      "a PORT that is no port",
      app('if (!Number(PORT)) throw new Error("a port is a number from 1 to 65535");', ""),
      app("Number(PORT)", "Number.parseInt(String(PORT)) || 0"),
    ],
    [
      "port 0 is any port",
      "PORT=0",
      app("if (!Number(PORT))", 'if (!Number(PORT) && PORT !== "0")'),
    ],
    [
      "a fraction of a port is cut off",
      ".5, and did not end",
      app("app.listen(Number(PORT)", "app.listen(Math.floor(Number(PORT))"),
    ],
    [
      "an impossible port is Node's business",
      "a PORT that is no port",
      app(
        "} catch (error) {",
        "} catch (error) {\n  if ((error as { port?: number }).port === undefined) throw error;",
      ),
    ],
    [
      "an impossible port is told without its value",
      "a PORT that is no port",
      app(
        "} catch (error) {",
        '} catch (error) {\n  if (!(error as { port?: number }).port) {\n    console.error("Not a port");\n    process.exit(1);\n  }',
      ),
    ],
    [
      "an impossible port counts as success",
      "a PORT that is no port",
      app(
        "if (!Number(PORT)) throw",
        "if (!Number(PORT)) process.exit(0);\n  if (!Number(PORT)) throw",
      ),
    ],
    [
      "an IPv6 address without brackets",
      "in brackets",
      app('HOST.includes(":") ? `[${HOST}]` : HOST', "HOST"),
    ],
    [
      "every problem is a busy port",
      "is not called a busy port",
      app(REFUSED, "console.error(`Port ${PORT} on ${HOST} is in use`)"),
    ],
    [
      "a HOST that is not found prints a stack",
      "is not called a busy port",
      app(
        "} catch (error) {",
        '} catch (error) {\n  if ((error as { syscall?: string }).syscall === "getaddrinfo") throw error;',
      ),
    ],
    [
      "a HOST of another machine is replaced by one's own",
      "is not called a busy port",
      app(
        'process.env.HOST || "127.0.0.1"',
        'process.env.HOST?.startsWith("1") && !process.env.HOST.startsWith("127") ? "127.0.0.1" : process.env.HOST || "127.0.0.1"',
      ),
    ],
  ]),
];
