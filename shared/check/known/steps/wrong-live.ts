// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { type Edit, faults, messages, script, style } from "../table.ts";

const ONCE = "if (shown.has(message.id)) return;";
const LIVE = "showMessages([message]);";
const DATE = "new Date(message.date).toUTCString().slice(5, 22)";
const SAFE = "addCell(row).textContent = text;";
const OWN = 'String(message.author.id) === userId ? "own new" : "received new"';
const OPTION = "const option = new Option(user.name, String(user.id));";

/** Rows are told apart by something else than the message's id. */
const toldApartBy = (ofMessage: string, ofRow: string): Edit[] => [
  script(ONCE, `if (shown.has(${ofMessage})) return;`),
  script("shown.add(message.id);", `shown.add(${ofMessage});`),
  script("shown.add(Number(row.dataset.id));", `shown.add(${ofRow});`),
];

/** 19: the page lives. */
export const wrongLive = faults("19", [
  ["a second row for what one sends", "each message once and in order", script(ONCE, "")],
  [
    "messages go to the console",
    "talk to each other",
    script(LIVE, 'console.log("message", message);'),
  ],
  [
    "one's own messages are left out",
    "talk to each other",
    script(LIVE, `if (String(message.author.id) !== userId) ${LIVE}`),
  ],
  [
    "messages of others are left out",
    "talk to each other",
    script(LIVE, `if (String(message.author.id) === userId) ${LIVE}`),
  ],
  [
    "the newest first",
    "once and in order",
    script("messages.insertRow(index)", "messages.insertRow(0)"),
  ],
  ["another event", "talk to each other", script('socket.on("message"', 'socket.on("messages"')],
  [
    "a row without its names",
    "talk to each other",
    script(
      "message.author.name, message.recipient.name",
      "String(message.author.id), String(message.recipient.id)",
    ),
  ],
  ["another date than after a reload", "talk to each other", script(DATE, "message.date")],
  [
    "dates in the browser's own time",
    "talk to each other",
    script(DATE, "new Date(message.date).toString().slice(4, 21)"),
  ],
  [
    "all live messages as received",
    "stand apart from those received",
    script(OWN, '"received new"'),
  ],
  ["all live messages as own", "stand apart from those received", script(OWN, '"own new"')],
  [
    "rows told apart by their text",
    "catches up, once and in order",
    ...toldApartBy("message.content", "row.cells[3]?.textContent"),
  ],
  [
    "rows told apart by their date",
    "catches up, once and in order",
    ...toldApartBy("message.date", 'row.querySelector("time")?.dateTime'),
  ],
  [
    "rows told apart by all but their id",
    "catches up, once and in order",
    ...toldApartBy(
      "`${message.date} ${message.author.name} ${message.recipient.name} ${message.content}`",
      '[row.querySelector("time")?.dateTime, ...[...row.cells].slice(1).map((it) => it.textContent)].join(" ")',
    ),
  ],
  ["it asks for each message", "the page does not have to ask for it", script(LIVE, "catchUp();")],
  [
    "it asks again and again",
    "the page does not have to ask for it",
    script(LIVE, ""),
    script("showEnd();\n// From", "setInterval(catchUp, 300);\nshowEnd();\n// From"),
  ],
  ["HTML in a live row", "HTML and script", script(SAFE, "addCell(row).innerHTML = text;")],
  [
    "in a live row, one sign of HTML alone is escaped",
    "HTML and script",
    script(SAFE, 'addCell(row).innerHTML = text.replaceAll("<", "&lt;");'),
  ],
  [
    "HTML in a name after a reload",
    "HTML and script",
    messages("<%= message.author.name", "<%- message.author.name"),
  ],
  [
    "HTML in a message after a reload",
    "HTML and script",
    messages("<%= message.content", "<%- message.content"),
  ],
  [
    "rows that do not say which message they show",
    "message once",
    messages(' data-id="<%= message.id %>"', ""),
  ],
  ["HTML in a nickname", "HTML and script", messages("<%= user.nickname", "<%- user.nickname")],
  [
    "a nickname in an attribute without quotes",
    "HTML and script",
    messages('data-nickname="<%= user.nickname %>"', "data-nickname=<%= user.nickname %>"),
  ],
  [
    "a nickname in an attribute, quotes not escaped",
    "HTML and script",
    messages(
      'data-nickname="<%= user.nickname %>"',
      'data-nickname="<%- user.nickname.replaceAll("<", "&lt;") %>"',
    ),
  ],
  [
    "who is new cannot be answered",
    "can be answered without a reload",
    script("offerRecipient(message.author);", ""),
  ],
  [
    "the first who is new can be answered, the second cannot",
    "can be answered without a reload",
    script(
      "if (String(user.id) === userId ||",
      "if (recipient.length > 0 || String(user.id) === userId ||",
    ),
  ],
  [
    "who is new is offered once for each message",
    "can be answered without a reload",
    script(' || recipient.querySelector(`[value="${user.id}"]`)', ""),
  ],
  [
    "who is new is offered by nickname",
    "can be answered without a reload",
    script(OPTION, OPTION.replace("user.name", "user.nickname")),
  ],
  [
    "HTML in the name of who is new",
    "can be answered without a reload",
    script(OPTION, `${OPTION}\n  option.innerHTML = user.name;`),
  ],
  [
    "the form stays locked for who was alone",
    "can be answered without a reload",
    script(
      'document.querySelector("#nobody")?.remove();\n    fieldset.disabled = false;',
      'document.querySelector("#nobody")?.remove();',
    ),
  ],
  [
    "it says that nobody is here when somebody is",
    "can be answered without a reload",
    script('document.querySelector("#nobody")?.remove();', ""),
  ],
  [
    "the page begins with the oldest",
    "a page begins at its newest message",
    script("showEnd();\n// From", "// From"),
  ],
  [
    "who is at the end does not stay there",
    "is seen by who is at the end",
    script("if (isAtEnd) showEnd();", ""),
  ],
  [
    "who reads older ones is torn away",
    "tears nobody else away",
    script("if (isAtEnd) showEnd();", "showEnd();"),
  ],
  [
    "a new message is behind the form",
    "a page begins at its newest message",
    style("scroll-padding-bottom: 9rem;", ""),
    script(
      "if (isAtEnd) showEnd();",
      'if (isAtEnd) messages.lastElementChild?.scrollIntoView({ block: "end" });',
    ),
  ],
]);
