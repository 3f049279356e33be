/** Socket.IO and nothing else: each click goes to all. Its page shows how many it has heard of. */
import { createServer } from "node:http";
import { Server } from "socket.io";

const PAGE = `<!doctype html>
<html lang="en">
  <title>One button</title>
  <button id="button">Press me</button>
  <p id="total">–</p>
  <script type="module">
    import { io } from "/api/socket.io/socket.io.esm.min.js";
    const total = document.querySelector("#total");
    const socket = io({ path: "/api/socket.io", transports: ["websocket"] });
    let heard = 0;
    socket.on("connect", () => (total.textContent = heard));
    socket.on("click", () => (total.textContent = ++heard));
    document.querySelector("#button").onclick = () => socket.emit("click", { user: "Guest" });
  </script>
</html>
`;

const server = createServer((_request, response) => {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(PAGE);
});
const io = new Server(server, { path: "/api/socket.io", transports: ["websocket"] });
let id = 0;
io.on("connection", (socket) => {
  socket.on("auth", (_name, acknowledge) => acknowledge({}));
  socket.on("click", ({ user }, acknowledge) => {
    acknowledge?.({});
    id += 1;
    // As long as what the counter sends.
    io.emit("click", { id, user, comment: null, style: null, timestamp: 1_800_000_000 });
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1");
