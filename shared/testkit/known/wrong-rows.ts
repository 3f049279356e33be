// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, script } from "./table.ts";

const SHOW = "showMessage(await sendMessage(data));";
const DATE = 'message.date.slice(0, 19).replace("T", " ")';
const DETAILS = "{ id, content, date, author, recipient };";

/** 14 and 15: the message just sent appears. */
export const wrongRows = [
  ...faults("14", [
    ["no row", "appears as a new row", script(SHOW, "await sendMessage(data);")],
    [
      "the page is loaded again",
      "without a reload",
      script(SHOW, "await sendMessage(data);\nlocation.reload();"),
    ],
    [
      "the page is loaded again once the row is there",
      "without a reload",
      script(SHOW, `${SHOW}\nlocation.reload();`),
    ],
    ["the new row comes first", "appears as a new row", script("insertRow()", "insertRow(0)")],
    [
      "the row twice",
      "appears as a new row",
      script(SHOW, "const sent = await sendMessage(data);\nshowMessage(sent);\nshowMessage(sent);"),
    ],
    [
      "a cell that is undefined",
      "appears as a new row",
      script("message.author_id,", "message.author,"),
    ],
    ["no date in the row", "appears as a new row", script("of [date,", 'of ["",')],
    [
      "HTML in a message is HTML",
      "HTML in a message is shown as text",
      script(".textContent = String(text)", ".innerHTML = String(text)"),
    ],
    [
      "HTML is taken away",
      "HTML in a message is shown as text",
      script(".textContent = String(text)", '.textContent = String(text).replace(/<[^>]*>/g, "")'),
    ],
    [
      "the row is there before the answer",
      "a refused message does not appear",
      script(
        SHOW,
        'showMessage({ id: 0, content: String(data.get("content")), author_id: 1, recipient_id: 2, date: new Date().toISOString() });\nawait sendMessage(data);',
      ),
    ],
    [
      "a refusal counts as sent",
      "a refused message does not appear",
      script(
        "if (!response.ok) throw new Error(answer.error);",
        'if (!response.ok) return { id: 0, content: answer.error, author_id: 0, recipient_id: 0, date: "" };',
      ),
    ],
    [
      "the browser's clock",
      "the date is the server's",
      script(DATE, 'new Date().toISOString().slice(0, 19).replace("T", " ")'),
    ],
    [
      "the date as the browser writes it",
      "appears as a new row",
      script(DATE, "new Date(message.date).toLocaleString()"),
    ],
    ["the date as the API writes it", "the same date and message", script(DATE, "message.date")],
  ]),
  ...faults("15", [
    [
      "the answer has ids alone",
      "answers {id, content, date, author, recipient}",
      app(DETAILS, "insertMessage.get(input) as never;"),
    ],
    [
      "author and recipient exchanged",
      "answers {id, content, date, author, recipient}",
      app(DETAILS, "{ id, content, date, author: recipient, recipient: author };"),
    ],
    [
      "author_id, too",
      "answers {id, content, date, author, recipient}",
      app(DETAILS, "{ id, content, date, author, recipient, author_id: author.id } as never;"),
    ],
    [
      "no email of the author",
      "answers {id, content, date, author, recipient}",
      app(
        DETAILS,
        "{ id, content, date, author: { ...author, email: undefined as never }, recipient };",
      ),
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
      "another date than the stored one",
      "it is the same as in GET",
      app(DETAILS, "{ id, content, date: `${date.slice(0, 17)}00Z`, author, recipient };"),
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
      script("message.author.name", "message.author.id"),
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
  ]),
];
