/** What the browser's driver says of a page, in the words of a learner. */

/** What each of the driver's actions is called, before the name of what it is done to. */
const ACTIONS: Record<string, string> = {
  click: "could not click",
  dblclick: "could not click",
  check: "could not tick",
  fill: "could not write into",
  focus: "could not go to",
  hover: "could not point at",
  press: "could not press a key in",
  pressSequentially: "could not write into",
  selectOption: "could not choose an option of",
};

/** What is in the way, from the last line of the driver's log that tells. */
const OBSTACLES: readonly (readonly [pattern: RegExp, words: (found: string) => string])[] = [
  [/intercepts pointer events/, () => "lies under"],
  [/element is not enabled/, () => "it is disabled"],
  [/element is not visible|resolved to hidden/, () => "it is there, but hidden"],
  [/element is not editable/, () => "it is read-only"],
  [/element is not stable/, () => "it never stops moving"],
  [/element is outside of the viewport/, () => "it lies outside of the window"],
  [/did not find some options/, () => "it has no such option"],
  [/Element is not an <input>/, () => "it is no field that one can write into"],
  [
    /Cannot type text into (input\[type=\w+\])/,
    (type) => `what is to be written does not fit into ${type}`,
  ],
];

const NETWORK: Record<string, string> = {
  ERR_CONNECTION_REFUSED: "the app does not accept a connection",
  ERR_CONNECTION_RESET: "the app broke off the connection",
  ERR_EMPTY_RESPONSE: "the app broke off the connection without an answer",
  ERR_TOO_MANY_REDIRECTS: "the app redirects without end",
  ERR_ABORTED: "the app answered with a file to save, or the page was left at once",
};

/** Whether an error was thrown by the browser's driver. */
export const isOfDriver = (message: string): boolean =>
  /^(?:page|locator|frame|elementHandle|jsHandle|browser|browserContext|browserType|keyboard|mouse|request|response|dialog|cdpSession)\.\w+: /.test(
    message,
  );

/**
 * What the browser's driver found, as a sentence.
 * @param message the driver's own, without colours
 * @param path where the page was, if that is known
 * @param waited how long it was waited for in vain, in s
 */
export const aboutPage = (
  message: string,
  { path, waited }: { path?: string | undefined; waited: number },
): string => {
  const [, object = "page", action = ""] = /^(\w+)\.(\w+): /.exec(message) ?? [];
  const page = path === undefined ? "the page" : `the page ${path}`;
  const isLate = /Timeout \d+ms exceeded/.test(message);
  const within = isLate ? ` within ${waited} s` : "";
  const network = /net::(ERR_\w+)/.exec(message)?.[1];
  if (network !== undefined)
    return `${page} could not be opened: ${NETWORK[network] ?? "the browser got no answer of the app"}`;
  if (object === "browserType") return `the browser could not be started: ${firstWords(message)}`;
  if (/has been closed|crashed/.test(message))
    return `${page} was gone all at once: does its script use up all memory, or close the window?`;
  if (/Execution context was destroyed|frame was detached/.test(message))
    return `${page} was left, or loaded again, while it was looked at`;
  const several = /strict mode violation: (.*) resolved to (\d+) elements/.exec(message);
  if (several !== null)
    return `${page} has ${several[2]} times ${elementOf(several[1] ?? "")}, where one was expected`;

  if (["goto", "reload", "goBack", "goForward"].includes(action))
    return `${page} was not loaded completely${within}: does the app answer it, and all that it asks for, and does its script ever pause?`;
  const waiting = /(?:- )waiting for (.*)/.exec(message)?.[1];
  if (object !== "locator" || waiting === undefined) return aboutWait(message, page, within);

  const state = / to be (visible|hidden|detached|attached)$/.exec(waiting)?.[1];
  const element = elementOf(waiting.replace(/ to be \w+$/, ""));
  const isThere = message.includes("locator resolved to");
  if (state === "hidden" || state === "detached")
    return `${page} still had ${element} after ${waited} s, which was to go away`;
  const doing = ACTIONS[action];
  if (!isThere) {
    const aim = doing === undefined ? "" : `, so that a user ${doing} it`;
    return `${page} did not have ${element}${within}${aim}`;
  }
  const why = obstacle(message);
  if (doing !== undefined) return `a user ${doing} ${element} on ${page}${within}${why}`;
  return `${page} did not show ${element}${within}${why}`;
};

const obstacle = (message: string): string => {
  const lines = message.split("\n").toReversed();
  for (const line of lines) {
    for (const [pattern, words] of OBSTACLES) {
      const found = pattern.exec(line);
      if (found === null) continue;
      const said = words(found[1] ?? "");
      return said === "lies under" ? `: it lies under ${cover(line)}` : `: ${said}`;
    }
  }
  return "";
};

/** What lies above: `<div id="x">…</div> from <body>…</body> subtree intercepts pointer events`. */
const cover = (line: string): string =>
  /(<.*?>)(?: from <.*)?(?: subtree)? intercepts/.exec(line)?.[1] ?? "something else";

/** What is waited for without an element: an address, an answer, a condition, a script. */
const aboutWait = (message: string, page: string, within: string): string => {
  const url = /waiting for navigation to "([^"]*)"/.exec(message)?.[1];
  if (url !== undefined) return `${page} did not lead to ${url}${within}`;
  const event = /waiting for (?:event )?"?(request|response|dialog|popup|download)"?/.exec(message);
  if (event !== null) return `nothing came of ${page}${within} where a ${event[1]} was waited for`;
  const script = /: (?:Error: )?((?:\w*Error|Uncaught)\b.*)/.exec(message)?.[1];
  if (script !== undefined) return `a script on ${page} failed: ${script}`;
  if (within !== "") return `${page} did not do${within} what was waited for`;
  return `${page} did not do what it was asked for: ${firstWords(message)}`;
};

const firstWords = (message: string): string =>
  (message.split("\n")[0] ?? "").replace(/^\w+\.\w+: (?:Error: )?/, "");

/** `locator('form').locator('select').first()` as `an element "form select"`. */
const elementOf = (locator: string): string => {
  const selector: string[] = [];
  const text = (it: string) => it.replace(/\\(['"])/g, "$1");
  const parts = [
    ...locator.matchAll(
      /(locator|getBy\w+|filter)\((?:'((?:[^'\\]|\\.)*)')?(?:, )?(?:\{ (?:hasText|name): ('(?:[^'\\]|\\.)*'|\/.*?\/\w*)[^}]*\})?\)/g,
    ),
  ].map(([, kind, name = "", inside]) => {
    const shown = inside === undefined ? "" : ` with the text ${text(inside)}`;
    if (kind === "getByRole") return `a ${text(name)}${shown.replace("the text", "the name")}`;
    if (kind?.startsWith("getBy")) return `the text "${text(name)}"`;
    selector.push(text(name));
    return shown.trim();
  });
  const names = selector.filter(Boolean).join(" ");
  const element = names === "" ? [] : [`an element "${names}"`];
  return [...element, ...parts].filter(Boolean).join(" ") || locator;
};
