/**
 * The server in front: it sends the pages, and hands on what is below /api, WebSockets too. Given,
 * and started by `npm run proxy`: a real one would be nginx, HAProxy or Caddy.
 */
import { createServer, ServerResponse } from "node:http";
import { parseArgs } from "node:util";
import express from "express";
import { createProxyServer } from "httpxy";

const HOST = "127.0.0.1";

function portOf(option: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  return fail(2, `--${option} ${text} is no port: give a number from 1 to 65535`);
}

function fail(exitCode: number, sentence: string): never {
  console.error(`proxy: ${sentence}`);
  process.exit(exitCode);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string", default: "5080" },
        to: { type: "string", default: "5001" },
        pages: { type: "string", default: "public" },
      },
    });
    return values;
  } catch (error) {
    return fail(2, `${(error as Error).message}: there are --port, --to and --pages`);
  }
}

const options = readOptions();
const [port, to] = [portOf("port", options.port), portOf("to", options.to)];
// The address stays the one that the browser asked for (Host): the app compares it with Origin.
const proxy = createProxyServer({ target: `http://${HOST}:${to}`, xfwd: true });
proxy.on("error", (error, _req, res) => {
  console.error(`proxy: the app on port ${to} does not answer (${error.message}): is it running?`);
  if (!(res instanceof ServerResponse)) return void res?.destroy();
  if (!res.headersSent) res.writeHead(502, { "Content-Type": "application/json" });
  res.end(JSON.stringify({ error: "The app does not answer" }));
});

const app = express();
app.use((req, res, next) => {
  if (/^\/api(?:\/|$)/.test(req.path)) proxy.web(req, res).catch(() => undefined);
  else next();
});
app.use(express.static(options.pages));

const server = createServer(app);
server.on("upgrade", (req, socket, head) => {
  socket.on("error", () => socket.destroy());
  proxy.ws(req, socket as never, {}, head).catch(() => socket.destroy());
});
server.on("error", (error) => fail(1, `cannot listen on port ${port} (${error.message}): --port`));
server.listen(port, HOST, () =>
  console.log(`proxy: http://${HOST}:${port}, pages of ${options.pages}/, /api of port ${to}`),
);
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    server.close();
    // WebSockets stay open for as long as the pages do: they are not waited for.
    process.exit(0);
  });
