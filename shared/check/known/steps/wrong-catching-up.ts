// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { faults, script, style } from "../table.ts";

const CATCH_UP = "if (!answer.error) catchUp();";
const CAUGHT = "showMessages(missed);";
const ASK = 'const after = complete > 0 ? `?after=${complete}` : "";';
const MISSING =
  'if (socket.connected) connection.textContent = "online, but messages may be missing";';
const OFFLINE = 'connection.textContent = "offline";';

/** 19: the page catches up, and says how its connection is. */
export const wrongCatchingUp = faults("19", [
  ["no catching up", "catches up", script(CATCH_UP, "")],
  ["it catches up only once", "catches up", script('socket.on("connect"', 'socket.once("connect"')],
  [
    "it does not connect again",
    "catches up",
    script('transports: ["websocket"]', 'transports: ["websocket"], reconnection: false'),
  ],
  [
    "no catching up at the first connection",
    "while the page still loads its script",
    script(CATCH_UP, "if (!answer.error && isAgain) catchUp();\n    isAgain = true;"),
    script("const socket =", "let isAgain = false;\nconst socket ="),
  ],
  [
    "it catches up before it is in its room",
    "while the page says who it is",
    script(CATCH_UP, ""),
    script('socket.on("connect", () => {', 'socket.on("connect", () => {\n  catchUp();'),
  ],
  [
    "a reload instead of catching up",
    "what the reader was writing",
    script(CAUGHT, "if (missed.length > 0) location.reload();"),
  ],
  [
    "a draft is lost when it catches up",
    "what the reader was writing",
    script(CAUGHT, `${CAUGHT}\n  content.value = "";`),
  ],
  [
    "the whole list comes again below what is there",
    "once and in order",
    script(ASK, 'const after = "";'),
    script(CAUGHT, `shown.clear();\n  ${CAUGHT}`),
    script("messages.insertRow(index)", "messages.insertRow()"),
  ],
  [
    "what was missed comes last",
    "a missed message stands before one that came live",
    script("messages.insertRow(index)", "messages.insertRow()"),
  ],
  [
    "it asks for what came after the last row",
    "where catching up fails, the page tries again",
    script(
      ASK,
      'const last = messages.rows[messages.rows.length - 1]?.dataset.id;\n  const after = last ? `?after=${last}` : "";',
    ),
  ],
  [
    "catching up is tried once",
    "where catching up fails, the page tries again",
    script("while (!missed) {", "if (!missed) return;\n  while (!missed) {"),
  ],
  [
    "an error counts as nothing missed",
    "where catching up fails, the page tries again",
    script("return response.ok ? answer : undefined;", "return response.ok ? answer : [];"),
  ],
  [
    "what may be missing is not told",
    "and says that something may be missing",
    script(MISSING, ""),
  ],
  [
    "after a lost answer it does not look whether it was sent",
    "the form stays locked until",
    script("await catchUp();", ""),
  ],
  [
    "after a lost answer the form opens while it looks",
    "the form stays locked until",
    script("await catchUp();", "catchUp();"),
  ],
  [
    "the connection is told in a place that scrolls away",
    "how the connection is",
    style("position: sticky;", ""),
  ],
  ["a lost connection is not told", "how the connection is", script(OFFLINE, "")],
  [
    "it says offline for good",
    "how the connection is",
    script('connection.textContent = answer.error ?? "online";', ""),
    script('if (socket.connected) connection.textContent = "online";', ""),
  ],
]);
