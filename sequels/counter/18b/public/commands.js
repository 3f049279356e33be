// @ts-check
import { COLOURS, LINES } from "./styles.js";

export const EVENTS = ["confetti", "rain", "shake", "spin", "fireworks", "wave"];

const HELP = `/help shows this, /stats the figures, /clear takes away comment and sentences;
 /darkmode, /vibrate and a second time to end it; colours: ${COLOURS.map((it) => `/${it}`).join(" ")};
 lines: ${LINES.map((it) => `/${it}`).join(" ")}; for all: ${EVENTS.map((it) => `/${it}`).join(" ")}`;

/**
 * What each word behind a slash does; all that a command may touch is handed in.
 * @param {{
 *   choose: (field: "colour" | "line", value: string) => void,
 *   send: (event: string) => void,
 *   toggle: (setting: "dark" | "vibrate") => void,
 *   clear: () => void,
 *   figures: () => string,
 *   tell: (text: string) => void,
 * }} page
 */
const commandsOf = (page) =>
  new Map([
    ...COLOURS.map((it) => /** @type {const} */ ([it, () => page.choose("colour", it)])),
    ...LINES.map((it) => /** @type {const} */ ([it, () => page.choose("line", it)])),
    ...EVENTS.map((it) => /** @type {const} */ ([it, () => page.send(it)])),
    ["darkmode", () => page.toggle("dark")],
    ["vibrate", () => page.toggle("vibrate")],
    ["clear", () => page.clear()],
    ["stats", () => page.tell(page.figures())],
    ["help", () => page.tell(HELP)],
  ]);

/**
 * Does what a comment that begins with a slash says, whether it is written large or small.
 * @param {string} comment
 * @param {Parameters<typeof commandsOf>[0]} page
 * @returns whether it was a command, and so is no comment
 */
export const obey = (comment, page) => {
  if (!comment.startsWith("/")) return false;
  const word = comment.slice(1).trim().toLowerCase();
  const command = commandsOf(page).get(word);
  if (command) command();
  else page.tell(`There is no /${word}: /help shows what there is.`);
  return true;
};
