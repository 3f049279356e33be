/** What the checks of several steps share: the parts of their pages, however these are written. */
import type { Locator, Page } from "playwright-core";

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
