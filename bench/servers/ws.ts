/** ws and nothing else: who says a nickname gets what is posted to it. */
import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

const sockets = new Map<string, WebSocket>();
const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  response.writeHead(201, { "content-type": "application/json" }).end(text);
  sockets.get(`u${JSON.parse(text).recipient_id}`)?.send(text);
});
new WebSocketServer({ server }).on("connection", (socket) => {
  socket.once("message", (nickname) => {
    sockets.set(String(nickname), socket);
    socket.send("{}");
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1");
