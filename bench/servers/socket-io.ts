/** Socket.IO and nothing else: who says a nickname joins its room, a POST goes to the room it names. */
import { createServer } from "node:http";
import { Server } from "socket.io";

const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  response.writeHead(201, { "content-type": "application/json" }).end(text);
  io.to(`u${JSON.parse(text).recipient_id}`).emit("message", JSON.parse(text));
});
const io = new Server(server);
io.on("connection", (socket) => {
  socket.on("connect-ack", (nickname, acknowledge) => {
    socket.join(nickname);
    acknowledge({});
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1");
