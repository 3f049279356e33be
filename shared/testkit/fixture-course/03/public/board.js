// @ts-check
import { io } from "/live/socket.io.esm.min.js";

const notes = /** @type {HTMLElement} */ (document.querySelector("#notes"));

io({ path: "/live", transports: ["websocket"] }).on("note", ({ author, text }) => {
  const row = document.createElement("li");
  const name = document.createElement("strong");
  name.textContent = author;
  row.append(name, `: ${text}`);
  notes.append(row);
});
