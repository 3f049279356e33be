// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, script, style } from "../table.ts";

const SHOW = "  showMessage(answer);\n  showEnd();";
const DATE = "new Date(message.date).toUTCString().slice(5, 22)";
const TEXT = "addCell(row).textContent = String(text);";
const NOTICE = 'document.querySelector("#no-messages")?.remove();';
const DETAILS = "{ id, content, date, author, recipient };";

/** 14 and 15: the message just sent appears. */
export const wrongRows = [
  ...faults("14", [
    ["no row", "appears as a new row", script(SHOW, "  showEnd();")],
    ["the page is loaded again", "without a reload", script(SHOW, "  location.reload();")],
    [
      "the page is loaded again once the row is there",
      "without a reload",
      script(SHOW, `${SHOW}\n  location.reload();`),
    ],
    ["the new row comes first", "appears as a new row", script("insertRow()", "insertRow(0)")],
    ["the row twice", "appears as a new row", script(SHOW, `${SHOW}\n  showMessage(answer);`)],
    [
      "a cell that is undefined",
      "appears as a new row",
      script("message.author_id,", "message.author,"),
    ],
    ["no date in the row", "appears as a new row", script(`time.textContent = ${DATE};`, "")],
    [
      "a text that is there already gets no row",
      "two messages with the same text are two",
      script(
        NOTICE,
        `${NOTICE}\n  if ([...messages.rows].some((it) => it.cells[3]?.textContent === message.content)) return;`,
      ),
    ],
    [
      "a sentence for an empty list that stays",
      "what the page says while there are no messages",
      script(NOTICE, ""),
    ],
    [
      "HTML in a message is HTML",
      "HTML in a message is shown as text",
      script(TEXT, "addCell(row).innerHTML = String(text);"),
    ],
    [
      "HTML is taken away",
      "HTML in a message is shown as text",
      script(TEXT, 'addCell(row).textContent = String(text).replace(/<[^>]*>/g, "");'),
    ],
    [
      "one sign of HTML alone is escaped",
      "HTML in a message is shown as text",
      script(TEXT, 'addCell(row).innerHTML = String(text).replaceAll("<", "&lt;");'),
    ],
    [
      "HTML that is escaped is not what was written",
      "HTML in a message is shown as text",
      script(TEXT, 'addCell(row).textContent = String(text).replaceAll("<", "&lt;");'),
    ],
    [
      "a message in an attribute, quotes not escaped",
      "HTML in a message is shown as text",
      script(
        TEXT,
        'const safe = String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");\n    addCell(row).innerHTML = `<span title="${safe}">${safe}</span>`;',
      ),
    ],
    [
      "the row is there before the answer",
      "the same date and message",
      script(
        "fieldset.disabled = true;",
        "showMessage({ id: 0, content: content.value, author_id: 1, recipient_id: 2, date: new Date().toISOString() });\n  fieldset.disabled = true;",
      ),
      script(SHOW, "  showEnd();"),
    ],
    [
      "a refusal counts as sent",
      "a refused message does not appear",
      script("if (!response.ok) {", "if (false) {"),
    ],
    [
      "the browser's clock",
      "the date is the server's",
      script(DATE, "new Date().toUTCString().slice(5, 22)"),
    ],
    [
      "the browser's clock, for machines",
      "the same date and message",
      script("time.dateTime = message.date;", "time.dateTime = new Date().toISOString();"),
    ],
    [
      "the date as the browser writes it",
      "the same date and message",
      script(DATE, "new Date(message.date).toLocaleString()"),
    ],
    [
      "the date in the browser's own time",
      "the same date and message",
      script(DATE, "new Date(message.date).toString().slice(4, 21)"),
    ],
    ["the date as the API writes it", "the same date and message", script(DATE, "message.date")],
    [
      "a mistake in the script is called a lost answer",
      "what was stored is not called unsent",
      script(
        "answer = await response.json();",
        "answer = await response.json();\n    if (response.ok) showMessage(answer);",
      ),
      script(SHOW, "  showEnd();"),
    ],
    [
      "the row is gone for who comes back",
      "leaves the page and goes back",
      app('.set("Cache-Control", "no-store")', ""),
    ],
    [
      "the new row among the messages of others",
      "stands on the side of one's own",
      script('"own new"', '"received new"'),
    ],
    [
      "the new row is below the window",
      "on a phone the new row can be seen",
      script(SHOW, "  showMessage(answer);"),
    ],
    [
      "the new row is behind the form",
      "on a phone the new row can be seen",
      style("position: sticky;", "position: fixed;"),
    ],
  ]),
  ...faults("15", [
    [
      "author and recipient exchanged",
      "answers {id, content, date, author, recipient}",
      app(DETAILS, "{ id, content, date, author: recipient, recipient: author };"),
    ],
    [
      "names alone",
      "answers {id, content, date, author, recipient}",
      app(
        DETAILS,
        "{ id, content, date, author: author.name, recipient: recipient.name } as never;",
      ),
    ],
    [
      "status 200",
      "answers {id, content, date, author, recipient}",
      app("res.status(201).json(message)", "res.json(message)"),
    ],
    [
      "another text than the stored one",
      "it is the same as in GET",
      app(
        "VALUES (@author_id, @recipient_id, @content)",
        "VALUES (@author_id, @recipient_id, upper(@content))",
      ),
      app(DETAILS, "{ id, content: input.content, date, author, recipient };"),
    ],
    [
      "ids in the row",
      "the new row shows names",
      script("message.author.name", "String(message.author.id)"),
    ],
    [
      "nicknames in the row",
      "the new row shows names",
      script("message.recipient.name", "message.recipient.nickname"),
    ],
    [
      "from and to exchanged",
      "the new row shows names",
      script(
        "message.author.name, message.recipient.name",
        "message.recipient.name, message.author.name",
      ),
    ],
    [
      "HTML in a name is HTML",
      "the new row shows names",
      script("addCell(row).textContent = text;", "addCell(row).innerHTML = text;"),
    ],
  ]),
];
