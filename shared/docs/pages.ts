import type { Page as Tab } from "playwright-core";
import { openBrowser } from "../testkit/browser.ts";
import type { Page } from "./document.ts";

/** What was not as the document says, in words; undefined if all of it was. */
export type Wrong = { readonly expected: string; readonly seen: string } | undefined;

/** Tabs to use again: a new one costs more than what it shows. The pages keep nothing in them. */
const idle: Tab[] = [];

/**
 * Opens an address in the real browser, and looks for what the document says it shows: each of the
 * bold words has to be the whole text of something visible, or to stand there before a punctuation
 * mark.
 * @param address where it is now
 * @param patience how long what it shows may take, in ms
 * @param log what the server's terminal shows
 */
export async function lookAt(
  page: Page,
  address: string,
  patience: number,
  log: () => string,
): Promise<Wrong> {
  const tab = idle.pop() ?? (await (await openBrowser()).newPage());
  const errors: string[] = [];
  const note = (error: Error) => errors.push(String(error));
  tab.on("pageerror", note);
  try {
    const status = await tab.goto(address).then(
      (answer) => answer?.status() ?? 0,
      () => undefined,
    );
    if (status === undefined || (status >= 400 && page.words.length === 0))
      return { expected: "a page", seen: status ? `status ${status}` : "no answer" };
    for (const word of page.words) {
      if (!(await isVisible(tab, word, patience)))
        return { expected: `visible: ${word}`, seen: await tab.innerText("body") };
    }
    for (const code of page.codes) {
      const found = code.startsWith("/")
        ? new URL(tab.url()).pathname === code
        : await soon(async () => log().includes(code), patience);
      if (!found)
        return code.startsWith("/")
          ? { expected: `the address ${code}`, seen: new URL(tab.url()).pathname }
          : { expected: `in the server's terminal: ${code}`, seen: log() };
    }
    if (errors.length > 0) return { expected: "no error in the script", seen: errors.join("\n") };
    return undefined;
  } finally {
    tab.off("pageerror", note);
    // Its connections to the server end here.
    await tab.goto("about:blank");
    idle.push(tab);
  }
}

const isVisible = (tab: Tab, word: string, timeout: number): Promise<boolean> =>
  tab
    .getByText(new RegExp(`^\\s*${RegExp.escape(word)}\\s*(?:[.:,;!].*)?$`, "s"))
    .filter({ visible: true })
    .first()
    .waitFor({ timeout })
    .then(
      () => true,
      () => false,
    );

async function soon(isSo: () => Promise<boolean>, patience: number): Promise<boolean> {
  for (const end = Date.now() + patience; ; await new Promise((go) => setTimeout(go, 20))) {
    if (await isSo()) return true;
    if (Date.now() > end) return false;
  }
}
