/** What the checks of this course share: users nobody can know, and the parts of pages, however these are written. */
import { randomBytes } from "node:crypto";
import type { Locator, Page } from "playwright-core";

/** What a client sends to create a user. */
export type NewUser = { name: string; email: string; nickname: string };

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

/** Writes `content` to the user `recipient`, as a person does it who looks at `page`. */
export const sendFrom = async (page: Page, recipient: number, content: string): Promise<void> => {
  const form = await formOf(page);
  await form.recipient.selectOption(String(recipient));
  await form.text.fill(content);
  await form.send.click();
};
