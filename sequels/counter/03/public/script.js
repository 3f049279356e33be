// @ts-check
import { io } from "/api/socket.io/socket.io.esm.min.js";
import { LABELS } from "./labels.js";

const button = /** @type {HTMLButtonElement} */ (document.querySelector("#button"));
const session = /** @type {HTMLElement} */ (document.querySelector("#session"));
const total = /** @type {HTMLElement} */ (document.querySelector("#total"));
const rings = /** @type {HTMLElement} */ (document.querySelector("#rings"));
const notice = /** @type {HTMLElement} */ (document.querySelector("#notice"));

/** How often this page was pressed, as far as the server has acknowledged it. */
let clicks = 0;
/** How often this page has heard of a click, wherever it was made. */
let heard = 0;

const socket = io({ path: "/api/socket.io", transports: ["websocket"] });

// At random, so each load has its own. What is read out begins the same with all of them.
const label = LABELS[Math.floor(Math.random() * LABELS.length)] ?? "Press me";
button.textContent = label;
button.ariaLabel = `Press me: ${label}`;

button.addEventListener("click", async () => {
  // Socket.IO would keep it, and send it when the connection is back: nobody presses then.
  if (!socket.connected) return;
  try {
    const { error } = await socket.timeout(5000).emitWithAck("click", { user: "Guest" });
    notice.textContent = error ?? "";
    if (error) return;
    clicks += 1;
    session.textContent = String(clicks);
  } catch {
    notice.textContent = "No answer: the click may have counted, or not.";
  }
});

socket.on("connect", () => {
  button.ariaDisabled = "false";
  notice.textContent = "";
});

socket.on("disconnect", () => {
  button.ariaDisabled = "true";
  notice.textContent = "offline: the button waits until the server is back";
});

/** A ring that grows around the button, and is gone when it has faded. */
const showRing = () => {
  // In a tab that nobody looks at, nothing moves and nothing fades.
  if (rings.children.length > 120) return;
  const ring = document.createElement("span");
  ring.addEventListener("animationend", () => ring.remove());
  rings.prepend(ring);
};

socket.on("click", () => {
  heard += 1;
  total.textContent = String(heard);
  showRing();
});
