// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, messages, right, script } from "../table.ts";

const INPUT =
  '<input id="content" name="content" dir="auto" maxlength="2000" autocomplete="off" placeholder="Write a message" required>';
const SELECT = '<select id="recipient" name="recipient_id" required>';
const ALL_STEPS = "13 14 19";
const CELL = "const cell = row.insertCell();";
const NAMES = "[message.author.name, message.recipient.name, message.content]";
const FILL = `addCell(row).append(time);
  for (const text of ${NAMES}) {
    // Not innerHTML: what users write is text.
    addCell(row).textContent = text;
  }`;
const SCRIPT = '<script src="/script.js" type="module"></script>';
const ONCE = "if (shown.has(message.id)) return;";
const ASK = 'const after = complete > 0 ? `?after=${complete}` : "";';
const OPEN = "fieldset.disabled = recipient.length === 0;";
const CONNECTION = '<p id="connection" role="status">offline</p>';

/** Forms and live pages that are written differently. */
export const rightPages = [
  ...right(
    "a larger field",
    `${ALL_STEPS} 15`,
    messages(
      INPUT,
      '<textarea id="content" name="content" maxlength="2000" rows="1" required></textarea>',
    ),
  ),
  ...right(
    "a label that is heard alone",
    "13 15",
    messages('<label for="content">Message</label>', ""),
    messages(INPUT, INPUT.replace(" required", ' aria-label="Message" required')),
  ),
  ...right(
    "an input that submits",
    ALL_STEPS,
    messages("<button>Send</button>", '<input type="submit" value="Send">'),
  ),
  ...right(
    "a recipient has to be chosen",
    "13 14 15",
    messages(SELECT, `${SELECT}<option value="">Choose …</option>`),
  ),
  ...right(
    "a recipient has to be chosen, of those who come later, too",
    "19",
    messages(SELECT, `${SELECT}<option value="">Choose …</option>`),
    script("if (recipient.length === 1) {", "if (recipient.length === 2) {"),
    script(OPEN, "fieldset.disabled = recipient.length === 1;"),
  ),
  ...right(
    "a field for a subject before the message",
    ALL_STEPS,
    messages(
      '<label for="content">',
      '<input type="hidden" name="language" value="en">\n<label>Subject <input name="subject"></label>\n<label for="content">',
    ),
  ),
  ...right(
    "a field for tags after the message",
    ALL_STEPS,
    messages("<button>", '<label>Tags <input name="tags"></label>\n<button>'),
  ),
  ...right("the form is reset", "13", script('content.value = "";', "form.reset();")),
  ...right(
    "a script at the end of the body",
    ALL_STEPS,
    messages(SCRIPT, ""),
    messages("</main>\n", `</main>\n    ${SCRIPT}\n`),
  ),
  ...right(
    "no word while it sends",
    "13 14",
    script('status.textContent = "Sending …";', 'status.textContent = "";'),
  ),
  ...right(
    "rows from createElement",
    "14 15 16",
    script("messages.insertRow()", 'document.createElement("tr");\n  messages.append(row)'),
    script(CELL, 'const cell = row.appendChild(document.createElement("td"));'),
  ),
  ...right(
    "rows from createElement, in their places",
    "19",
    script(
      "messages.insertRow(index)",
      'document.createElement("tr");\n  messages.insertBefore(row, messages.rows[index] ?? null)',
    ),
    script(CELL, 'const cell = row.appendChild(document.createElement("td"));'),
  ),
  ...right(
    "rows from a template",
    "15 16 18",
    messages("</table>", "</table>\n<template><tr><td><td><td><td dir=auto></tr></template>"),
    script(
      "const row = messages.insertRow();",
      'const copy = document.importNode(document.querySelector("template").content, true);\n  const row = copy.querySelector("tr");',
    ),
    script(
      FILL,
      `row.cells[0].append(time);\n  for (const [at, text] of ${NAMES}.entries()) row.cells[at + 1].textContent = text;\n  messages.append(copy);`,
    ),
  ),
  ...right(
    "rows from a template, in their places",
    "19",
    messages("</table>", "</table>\n<template><tr><td><td><td><td dir=auto></tr></template>"),
    script(
      "const row = messages.insertRow(index);",
      'const row = document.querySelector("template").content.firstElementChild.cloneNode(true);\n  messages.insertBefore(row, messages.rows[index] ?? null);',
    ),
    script(
      FILL,
      `row.cells[0].append(time);\n  for (const [at, text] of ${NAMES}.entries()) row.cells[at + 1].textContent = text;`,
    ),
  ),
  ...right(
    "rows from escaped HTML",
    "15 18 19",
    script(
      "addCell(row).textContent = text;",
      'const safe = String(text).replace(/[&<>"\']/g, (sign) => `&#${sign.charCodeAt(0)};`);\n    row.insertAdjacentHTML("beforeend", `<td dir="auto">${safe}</td>`);',
    ),
  ),
  ...right(
    "a page that no cache may keep, in more words",
    "14 15",
    app('"no-store"', '"private, no-cache, no-store, max-age=0"'),
  ),
  ...right(
    "a connection that is tried again after a long time",
    "19",
    script(
      'transports: ["websocket"]',
      'transports: ["websocket"], reconnectionDelay: 6000, randomizationFactor: 0',
    ),
  ),
  ...right(
    "the connection in a header that stays",
    "16 19",
    messages(CONNECTION, ""),
    messages(
      "<main>",
      '<p id="connection" role="status" style="position: sticky; top: 0; margin: 0; align-self: end">offline</p>\n    <main>',
    ),
    script('(form.querySelector("#connection"))', '(document.querySelector("#connection"))'),
  ),
  ...right(
    "it asks for the whole list, and keeps rows in a Map",
    "19",
    script(ASK, 'const after = "";'),
    script("const shown = new Set();", "const shown = new Map();"),
    script("shown.add(Number(row.dataset.id));", "shown.set(Number(row.dataset.id), row);"),
    script("shown.add(message.id);", "shown.set(message.id, undefined);"),
  ),
  ...right(
    "rows are looked for in the page",
    "19",
    script(ONCE, 'if (messages.querySelector(`[data-id="${message.id}"]`)) return;'),
  ),
  ...right(
    "it scrolls to the last row",
    "14 19",
    script(
      "window.scrollTo(0, document.body.scrollHeight)",
      'messages.lastElementChild?.scrollIntoView({ block: "end" })',
    ),
  ),
];
