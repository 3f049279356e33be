// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";
import { limits } from "./edits.ts";

const SITE = '  if (site) return site !== "same-origin" && site !== "none";\n';

/** 13 and 13b: guesses, and forms of other sites. */
export const wrongLimits = [
  ...faults("13", [
    [
      "by address alone",
      "another name is let in from the same address",
      limits("    [`both ${address} ${name}`, 10],\n", "    [`both ${address}`, 10],\n"),
    ],
    [
      "by name alone",
      "the address counts that the proxy tells",
      limits("    [`both ${address} ${name}`, 10],\n", "    [`both ${name}`, 10],\n"),
    ],
    ["no limit of an address", "until 50 have failed", limits("`, 50],", "`, 5_000_000],")],
    ["no limit of a name", "of one name 200 may fail", limits("`, 200],", "`, 2_000_000],")],
    [
      "names that nobody has are free",
      "until 50 have failed from one address, over all names",
      app(
        'countGuess(username, req.ip ?? "");',
        'user ? countGuess(username, req.ip ?? "") : () => {};',
      ),
    ],
    [
      "counted when it is known",
      "at the same moment",
      app(
        'countGuess(username, req.ip ?? "");\n',
        'countGuess(username, req.ip ?? "");\n  takeBack();\n',
      ),
      app(
        "    if (!isWrong) takeBack();\n",
        '    try {\n      if (isWrong) countGuess(username, req.ip ?? "");\n    } catch {}\n',
      ),
    ],
    ["right ones count", "does not undo them", app("    if (!isWrong) takeBack();\n", "")],
    [
      "a right one undoes all wrong ones",
      "does not undo them",
      limits("if (index >= 0) times.splice(index, 1);", "if (index >= 0) times.length = 0;"),
    ],
    [
      "never forgotten",
      "15 minutes after the first failures",
      limits("?? []).filter((at) => at > now - GUESSES_MS)", "?? []).slice(-GUESSES_MS)"),
    ],
    [
      "forgotten after five minutes",
      "15 minutes after the first failures",
      limits("GUESSES_MS = 15 * 60_000", "GUESSES_MS = 5 * 60_000"),
    ],
    [
      "always the same time to wait",
      "15 minutes after the first failures",
      limits('"Retry-After": String(seconds)', '"Retry-After": "900"'),
    ],
    [
      "it does not say when to come again",
      "with a reason and Retry-After",
      limits("seconds`, { headers });", "seconds`);\n    void headers;"),
    ],
    [
      "all are believed where they come from",
      "nobody is believed who says that they come from elsewhere",
      app(
        'if (TRUST_PROXY) app.set("trust proxy", TRUST_PROXY);',
        'app.set("trust proxy", TRUST_PROXY || true);',
      ),
    ],
    [
      "TRUST_PROXY=true is accepted",
      "with TRUST_PROXY=true",
      app(
        'app.set("trust proxy", TRUST_PROXY);',
        'app.set("trust proxy", TRUST_PROXY === "true" || TRUST_PROXY);',
      ),
    ],
    [
      "counted as it is written",
      "of one name 200 may fail",
      app("countGuess(username,", "countGuess(String(req.body.username),"),
    ],
  ]),
  ...faults("13b", [
    ["Origin alone", "whether a logout is of our own page", limits(SITE, "")],
    [
      "nothing said is nothing to fear",
      "whether a logout is of our own page",
      limits("  return cookie !== undefined;", "  return cookie === null;"),
    ],
    [
      "programs are refused, too",
      "whether a logout is of our own page",
      limits("  return cookie !== undefined;", '  return cookie !== "";'),
    ],
    [
      "neighbours are let in",
      "whether a logout is of our own page",
      limits('site !== "none";', 'site !== "none" && site !== "same-site";'),
    ],
    [
      "only what is called a cross-site is refused",
      "whether a logout is of our own page",
      limits(
        'site !== "same-origin" && site !== "none";',
        'site === "cross-site" || site === "same-site";',
      ),
    ],
    [
      "null is no origin",
      "whether a logout is of our own page",
      limits("if (origin)", 'if (origin && origin !== "null")'),
    ],
    [
      "an origin that ends as ours",
      "whether a logout is of our own page",
      limits('origin.split("//")[1] !== host', '!origin.endsWith(host ?? "")'),
    ],
    [
      "any port of our host",
      "whether a logout is of our own page",
      limits(
        'origin.split("//")[1] !== host',
        'origin.split("//")[1]?.split(":")[0] !== host?.split(":")[0]',
      ),
    ],
    [
      "the logout alone",
      "so is each case of /login",
      app("if (!isHarmless && isForeign", 'if (req.path === "/logout" && isForeign'),
      app('  const isHarmless = req.method === "GET" || req.method === "HEAD";\n', ""),
    ],
    [
      "first the account, then the look",
      "makes no account",
      app(
        "if (!isHarmless && isForeign(",
        'if (!isHarmless && req.path !== "/register" && isForeign(',
      ),
      app(
        'app.post("/register", useSession, async (req, res) => {\n',
        'app.post("/register", useSession, async (req, res) => {\n  if (isForeign(req.headers)) throw createError(403, "This form is of another site");\n',
      ),
    ],
    [
      "to ask for the head is refused",
      "to read a page is never refused",
      app(' || req.method === "HEAD"', ""),
    ],
    [
      "the refusal is of the server",
      "whether a logout is of our own page",
      app('createError(403, "This form', 'new Error("This form'),
    ],
  ]),
];
