// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { faults, messages, script } from "./table.ts";

const ONCE = "if (rows.some((row) => row.dataset.id === String(message.id))) return;";
const LIVE = "  showMessage(message);\n  if (atEnd) showEnd();";
const CAUGHT = "for (const message of answer) showMessage(message);";
const SAFE = "row.insertCell().textContent = String(text);";

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
    script(
      LIVE,
      "if (String(message.author.id) !== document.body.dataset.userId) showMessage(message);",
    ),
  ],
  [
    "messages of others are left out",
    "talk to each other",
    script(
      LIVE,
      "if (String(message.author.id) === document.body.dataset.userId) showMessage(message);",
    ),
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
      "message.author.id, message.recipient.id",
    ),
  ],
  [
    "another date than after a reload",
    "talk to each other",
    script('message.date.slice(0, 19).replace("T", " ")', "message.date"),
  ],
  ["no catching up", "catches up", script(CAUGHT, "")],
  ["it catches up only once", "catches up", script('socket.on("connect"', 'socket.once("connect"')],
  ["it does not connect again", "catches up", script("io();", "io({ reconnection: false });")],
  [
    "a reload instead of catching up",
    "what the reader was writing",
    script(CAUGHT, "if (answer.length > messages.rows.length) location.reload();"),
  ],
  [
    "a draft is lost when it catches up",
    "what the reader was writing",
    script(CAUGHT, `${CAUGHT}\ncontent.value = "";`),
  ],
  ["it asks for each message", "the page does not have to ask for it", script(LIVE, "catchUp();")],
  [
    "it asks again and again",
    "the page does not have to ask for it",
    script(LIVE, ""),
    script("showEnd();\n// From", "setInterval(catchUp, 300);\nshowEnd();\n// From"),
  ],
  [
    "HTML in a live row",
    "HTML and script",
    script(SAFE, "row.insertCell().innerHTML = String(text);"),
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
]);
