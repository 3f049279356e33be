// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, script, style } from "../table.ts";

const ATTACHED = "new Server<ClientEvents, ServerEvents>(server, {";
const TRANSPORTS = 'transports: ["websocket"],';
const OURS = '!origin || origin.split("//")[1] === host';
const CONNECTED = 'io.on("connection", (socket) => {';
const PAGE = 'io({ transports: ["websocket"] })';
const FOREIGN = "may not open a socket";

/** 16: who may connect, and how. */
export const wrongSockets = faults("16", [
  [
    "no server for sockets",
    "the server accepts a Socket.IO client",
    app(ATTACHED, "new Server<ClientEvents, ServerEvents>({"),
  ],
  [
    "another path for sockets",
    "the server accepts a Socket.IO client",
    app(TRANSPORTS, `${TRANSPORTS}\n  path: "/live",`),
  ],
  ["it begins by polling", "does not begin it by polling", app(TRANSPORTS, "")],
  [
    "polling where there is no WebSocket",
    "does not begin it by polling",
    app(TRANSPORTS, 'transports: ["websocket", "polling"],'),
  ],
  [
    "all sites may read",
    "scripts of other sites",
    app(TRANSPORTS, `${TRANSPORTS}\n  cors: { origin: "*" },`),
  ],
  [
    "any site may read",
    "scripts of other sites",
    app(TRANSPORTS, `${TRANSPORTS}\n  cors: { origin: true },`),
  ],
  [
    "messages of any size",
    "harms nobody but who sent it",
    app("maxHttpBufferSize: 20_000", "maxHttpBufferSize: 1_000_000"),
  ],
  ["nobody looks at the Origin", FOREIGN, app(OURS, "true")],
  [
    "CORS, which a WebSocket does not know",
    FOREIGN,
    app(TRANSPORTS, `${TRANSPORTS}\n  cors: { origin: \`http://localhost:\${PORT}\` },`),
    app(OURS, "true"),
  ],
  [
    "a foreign page is let in, then sent away",
    FOREIGN,
    app(OURS, "true"),
    app(
      CONNECTED,
      `${CONNECTED}\n  const { origin, host } = socket.handshake.headers;\n  if (origin && origin !== \`http://\${host}\`) socket.disconnect(true);`,
    ),
  ],
  [
    "a foreign page is let in, and never heard",
    FOREIGN,
    app(OURS, "true"),
    app(
      CONNECTED,
      `${CONNECTED}\n  const { origin, host } = socket.handshake.headers;\n  if (origin && origin !== \`http://\${host}\`) return;`,
    ),
  ],
  [
    "the Referer instead of the Origin",
    FOREIGN,
    app("{ headers: { origin, host } }", "{ headers: { referer: origin, host } }"),
  ],
  ["any http site", FOREIGN, app(OURS, '!origin || origin.startsWith("http://")')],
  [
    "an Origin that begins like ours",
    FOREIGN,
    app(OURS, "!origin || origin.startsWith(`http://${host}`)"),
  ],
  [
    "an Origin that has our name in it",
    FOREIGN,
    app(OURS, "!origin || origin.includes(String(host))"),
  ],
  [
    "an Origin that our name has in it",
    FOREIGN,
    app(OURS, '!origin || String(host).includes(origin.split("//")[1] ?? "-")'),
  ],
  [
    "an Origin that ends with our name",
    "Origin: http://evil-localhost",
    app(OURS, "!origin || origin.endsWith(String(host))"),
  ],
  [
    "an Origin that ends with our address",
    "Origin: http://evil.example//127.0.0.1",
    app(OURS, "!origin || origin.endsWith(`//${host}`)"),
  ],
  [
    "a pattern made of Host",
    FOREIGN,
    app(OURS, "!origin || new RegExp(`//(.*\\\\.)?${host?.replace(/[[]/, '.')}`).test(origin)"),
  ],
  [
    "a name without its port",
    "Origin: http://localhost:9",
    app(OURS, '!origin || URL.parse(origin)?.hostname === host?.replace(/:\\d+$/, "")'),
  ],
  [
    "a port without its name",
    FOREIGN,
    app(OURS, "!origin || URL.parse(origin)?.port === URL.parse(`http://${host}`)?.port"),
  ],
  [
    "pages without an address are let in",
    "Origin: null",
    app(OURS, `origin === "null" || ${OURS}`),
  ],
  [
    "an Origin that is no URL ends the server",
    "a program, which has no Origin",
    app(OURS, "!origin || new URL(origin).host === host"),
  ],
  [
    "a list of our addresses",
    "our own pages may open",
    app(
      OURS,
      "!origin || [`http://localhost:${PORT}`, `http://127.0.0.1:${PORT}`].includes(origin)",
    ),
  ],
  [
    "pages by the name of localhost are refused",
    "Origin: http://localhost",
    app(OURS, "!origin || origin === `http://${HOST}:${PORT}`"),
  ],
  [
    "the port that the server listens on",
    "Origin: http://127.0.0.1:9",
    app(OURS, '!origin || (origin.split("//")[1] === host && origin.endsWith(`:${PORT}`))'),
  ],
  [
    "programs are refused",
    "the server accepts a Socket.IO client",
    app(OURS, 'origin?.split("//")[1] === host'),
  ],
  [
    "an odd value ends the server",
    "unknown events and odd values",
    app('"connect-ack", () => {', '"connect-ack", (...values: string[]) => {\nvalues[0]?.trim();'),
  ],
  [
    "nothing is logged",
    "connect-ack",
    app("console.log(`connect-ack from socket ${socket.id}`);", ""),
  ],
  [
    "the page says nothing",
    "the messages page connects",
    script('socket.emit("connect-ack");', ""),
  ],
  [
    "the page calls it otherwise",
    "the messages page connects",
    script('"connect-ack"', '"connect_ack"'),
  ],
  [
    "the page does not connect",
    "the messages page connects",
    script(PAGE, "io({ autoConnect: false })"),
  ],
  ["the page begins by polling", "the messages page connects", script(PAGE, "io()")],
  [
    "a client from elsewhere",
    "comes from our own server",
    script('"/socket.io/socket.io.esm.min.js"', '"https://cdn.example/socket.io.esm.min.js"'),
  ],
  [
    "fonts from elsewhere",
    "comes from our own server",
    style(":root {", '@import url("https://fonts.example/font.css");\n:root {'),
  ],
]);
