/** What the checks of this course share: users nobody can know, and the parts of pages, however these are written. */
import { randomBytes } from "node:crypto";
import { type HTMLElement, parse } from "node-html-parser";
import type { Locator, Page } from "playwright-core";
import type { Socket } from "socket.io-client";
import { ask, type Connecting, eventually, type Start, useApp as useAnyApp } from "#testkit";

/** What a client sends to create a user. */
export type NewUser = { name: string; email: string; nickname: string };

/** The users of the course's example data, in the order of their ids from 1. */
export const aliceBobAndCharlie: [NewUser, NewUser, NewUser] = [
  { name: "Alice Caroll", email: "alice@foo.com", nickname: "alice" },
  { name: "Bob Morane", email: "bob@foo.com", nickname: "bob" },
  { name: "Charlie Chaplin", email: "charlie@foo.com", nickname: "charlie" },
];

/** The messages of the course's example data, in the order of their ids from 1. */
export const exampleMessages = [
  { author_id: 1, recipient_id: 2, content: "trois petits chats" },
  { author_id: 2, recipient_id: 1, content: "chapeau de paille" },
  { author_id: 1, recipient_id: 2, content: "paillasson" },
  { author_id: 2, recipient_id: 1, content: "somnambule" },
  { author_id: 1, recipient_id: 2, content: "bulletin" },
  { author_id: 2, recipient_id: 1, content: "tintamarre" },
  { author_id: 2, recipient_id: 3, content: "not visible by 1" },
];

/** Says who a socket is, as the page does, and returns what the server acknowledges. */
export const sayWho = (socket: Socket, nickname: unknown): Promise<unknown> =>
  ask(socket, "connect-ack", nickname);

/** The testkit's app under test, with what only a chat has. */
export const useApp = (start: Start = {}) => {
  const app = useAnyApp(start);
  return {
    ...app,

    /** Alice, Bob and Charlie, as users 1, 2 and 3. */
    addUsers: async () => {
      for (const user of aliceBobAndCharlie) await app.post("/api/users", user);
    },
    /** The seven messages of the example data, as 1 to 7. */
    addMessages: async () => {
      for (const message of exampleMessages) await app.post("/api/messages", message);
    },

    /** A Socket.IO client; with a nickname, it has said who it is and was acknowledged. */
    socket: async (nickname?: string, connecting: Connecting = {}): Promise<Socket> => {
      const socket = await app.socket(connecting);
      if (nickname !== undefined) await sayWho(socket, nickname);
      return socket;
    },
  };
};

/** A word that no app can know before. */
export const someWord = (): string => randomBytes(4).toString("hex");

/**
 * A user whom no app can know by heart.
 * @param given what matters to the test, in place of what is made up
 */
export const someUser = (given: Partial<NewUser> = {}): NewUser => {
  const word = someWord();
  return { name: `Dora ${word}`, email: `${word}@bar.org`, nickname: `dora-${word}`, ...given };
};

/** Such a user with letters, signs and spaces inside that an app has to keep as they are. */
export const strangeUser = (): NewUser => {
  const word = someWord();
  return {
    name: `Zoë  "${word}" O'Hara-李 <b> &lt; 🙂`,
    email: `Zoe.${word}+chat@Mail.Uni-${word}.example`,
    nickname: `zoë_${word} & <co>`,
  };
};

/** Text that breaks out where quotes or some signs of HTML are not escaped: elements with `data-evil` appear. */
export const EVIL = `&lt;i&gt; &amp; data-evil=0 " data-evil="1" ' data-evil='2' x`;

/**
 * The elements of a page; end tags may be left out as HTML allows it.
 * @param html a page as it came
 */
export const parsePage = (html: string): HTMLElement => {
  let isOpen = false;
  // The parser itself knows that a cell ends the one before it, and not so with rows.
  const closed = html.replace(/<(\/?)(tr|thead|tbody|tfoot|table)\b/gi, (tag, slash, name) => {
    const ends = isOpen && !(slash && name.toLowerCase() === "tr");
    isOpen = !slash && name.toLowerCase() === "tr";
    return ends ? `</tr>${tag}` : tag;
  });
  return parse(closed);
};

/**
 * Whether a text tells day and minute of a date in UTC, however it spells them.
 * @param date in ISO 8601
 */
export const tellsDate = (text: string, date: string): boolean => {
  const at = new Date(date);
  const hour = at.getUTCHours();
  const minute = String(at.getUTCMinutes()).padStart(2, "0");
  const has = (pattern: string) => new RegExp(`(?<!\\d)0?${pattern}`, "i").test(text);
  const half = `${hour % 12 || 12}[:.h]${minute}([:.]\\d\\d)?\\s*${hour < 12 ? "a" : "p"}\\.?m`;
  return has(`${at.getUTCDate()}(?!\\d)`) && (has(`${hour}[:.h]${minute}(?!\\d)`) || has(half));
};

/** What sets rows apart at first sight: their place and their colours. */
export const lookOf = (row: Locator): Promise<string> =>
  row.evaluate((it) => {
    const look = (part: typeof it) => {
      const { backgroundColor, color, fontWeight, borderColor } =
        part.ownerDocument.defaultView.getComputedStyle(part);
      return [backgroundColor, color, fontWeight, borderColor];
    };
    const cell = it.querySelector("td:last-child") ?? it;
    return JSON.stringify([Math.round(cell.getBoundingClientRect().left), look(it), look(cell)]);
  });

/** The texts of a row's cells: what stands between tags may be part of them. */
export const cellsOf = async (row: Locator): Promise<string[]> =>
  (await row.locator("td").allInnerTexts()).map((text) => text.trim());

/** The lines of text on a page. */
export const linesOf = async (page: Page): Promise<string[]> =>
  (await page.locator("body").innerText()).split("\n").filter((line) => line.trim() !== "");

/**
 * Expects a page to say nothing that it said before and does not say when it is loaded anew.
 * @param before the lines of text from before
 */
export const expectNothingOutdated = async (page: Page, before: string[]): Promise<void> => {
  const now = await linesOf(page);
  await page.reload();
  // Not at once: it may be a moment until a page that is loaded is online, and says so.
  await eventually(async () => {
    const reloaded = await linesOf(page);
    return before.filter((line) => now.includes(line) && !reloaded.includes(line));
  }).toEqual([]);
};

const FIELDS = `textarea, input:not([type=hidden], [type=submit], [type=button], [type=reset],
  [type=image], [type=checkbox], [type=radio])`;

/** The form that sends messages: its parts, by what they are for and not by their order. */
export const formOf = async (page: Page) => {
  const form = page
    .locator("form")
    .filter({ has: page.locator("select") })
    .first();
  const fields = form.locator(FIELDS);
  return {
    page,
    form,
    recipient: form.locator("select").first(),
    text: await textOf(form, fields),
    send: form
      .locator("button:not([type=button], [type=reset]), input[type=submit], input[type=image]")
      .first(),
  };
};

/** The form may have further fields, such as one for a subject. */
const textOf = async (form: Locator, fields: Locator): Promise<Locator> => {
  const byPurpose = [
    form.locator("[name=content]").and(fields),
    form.getByLabel(/message|content|text/i).and(fields),
    form.locator("textarea"),
  ];
  for (const found of byPurpose) if ((await found.count()) > 0) return found.first();
  return fields.last();
};

/**
 * Fills in the form, as a person does it who looks at `page`, and leaves it to the check to send.
 * @param recipient the user's id; without it, the first one that is offered
 */
export const fillIn = async (page: Page, content: string, recipient?: number) => {
  const form = await formOf(page);
  // A first option without a value, such as "Choose …", is nobody.
  const first = form.recipient.locator("option:not([value='']):not([disabled])").first();
  const value = recipient === undefined ? await first.getAttribute("value") : String(recipient);
  await form.recipient.selectOption(value);
  await form.text.fill(content);
  return form;
};

/** Writes `content` to the user `recipient`, and sends it. */
export const sendFrom = async (page: Page, recipient: number, content: string): Promise<void> => {
  const { send } = await fillIn(page, content, recipient);
  await send.click();
};
