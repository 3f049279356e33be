// @ts-check
import { io } from "/api/socket.io/socket.io.esm.min.js";
import { LABELS } from "./labels.js";

const button = /** @type {HTMLButtonElement} */ (document.querySelector("#button"));
const session = /** @type {HTMLElement} */ (document.querySelector("#session"));
const total = /** @type {HTMLElement} */ (document.querySelector("#total"));
const rings = /** @type {HTMLElement} */ (document.querySelector("#rings"));

/** How often this page was pressed. */
let clicks = 0;
/** How often this page has heard of a click, wherever it was made. */
let heard = 0;

const socket = io({ path: "/api/socket.io", transports: ["websocket"] });

// At random, so each load has its own. What is read out begins the same with all of them.
const label = LABELS[Math.floor(Math.random() * LABELS.length)] ?? "Press me";
button.textContent = label;
button.ariaLabel = `Press me: ${label}`;

button.addEventListener("click", () => {
  clicks += 1;
  session.textContent = String(clicks);
  socket.emit("click", { user: "Guest" });
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
