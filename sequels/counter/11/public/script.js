// @ts-check
import { io } from "/api/socket.io/socket.io.esm.min.js";
import { showEvent } from "./effects.js";
import { LABELS } from "./labels.js";
import { showToast } from "./toasts.js";

const button = /** @type {HTMLButtonElement} */ (document.querySelector("#button"));
const session = /** @type {HTMLElement} */ (document.querySelector("#session"));
const total = /** @type {HTMLElement} */ (document.querySelector("#total"));
const today = /** @type {HTMLElement} */ (document.querySelector("#today"));
const online = /** @type {HTMLElement} */ (document.querySelector("#online"));
const form = /** @type {HTMLFormElement} */ (document.querySelector("#who"));
const nameField = /** @type {HTMLInputElement} */ (document.querySelector("#name"));
const commentField = /** @type {HTMLInputElement} */ (document.querySelector("#comment"));
const events = /** @type {HTMLElement} */ (document.querySelector("#events"));
const rings = /** @type {HTMLElement} */ (document.querySelector("#rings"));
const notice = /** @type {HTMLElement} */ (document.querySelector("#notice"));
const spoken = /** @type {HTMLElement} */ (document.querySelector("#spoken"));

/** How often this page was pressed, as far as the server has acknowledged it. */
let clicks = 0;
/**
 * What the server has counted; each click that this page hears of is one more.
 * @type {{ click_count_total: number, click_count_today: number } | undefined}
 */
let counted;

const socket = io({ path: "/api/socket.io", transports: ["websocket"] });

// At random, so each load has its own. What is read out begins the same with all of them.
const label = LABELS[Math.floor(Math.random() * LABELS.length)] ?? "Press me";
button.textContent = label;
button.ariaLabel = `Press me: ${label}`;

/** Says who is here, if a name was saved. */
const sayWho = async () => {
  const name = localStorage.getItem("name");
  if (!name || !socket.connected) return;
  const { error } = await socket.emitWithAck("auth", name);
  notice.textContent = error ?? "";
};

nameField.value = localStorage.getItem("name") ?? "";
nameField.addEventListener("change", () => {
  localStorage.setItem("name", nameField.value.trim());
  sayWho();
});

// The button belongs to the form, so Enter in a field presses it, too.
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  // Socket.IO would keep it, and send it when the connection is back: nobody presses then.
  if (!socket.connected) return;
  try {
    const { error } = await socket.timeout(5000).emitWithAck("click", {
      user: nameField.value.trim() || "Guest",
      comment: commentField.value,
    });
    notice.textContent = error ?? "";
    if (error) return;
    clicks += 1;
    session.textContent = clicks.toLocaleString("en");
  } catch {
    notice.textContent = "No answer: the click may have counted, or not.";
  }
});

events.addEventListener("click", async ({ target }) => {
  if (!(target instanceof HTMLButtonElement) || !socket.connected) return;
  const event = { user: nameField.value.trim() || "Guest", name: target.value };
  const { error } = await socket.emitWithAck("event", event);
  notice.textContent = error ?? "";
});

socket.on("connect", () => {
  button.ariaDisabled = "false";
  notice.textContent = "";
  sayWho();
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

const showCounted = () => {
  if (!counted) return;
  total.textContent = counted.click_count_total.toLocaleString("en");
  today.textContent = counted.click_count_today.toLocaleString("en");
};

socket.on("stats", (stats) => {
  counted = stats;
  showCounted();
});

socket.on("status", ({ user_count }) => {
  online.textContent = user_count.toLocaleString("en");
});

// A screen reader that read out every click would never be silent: it is told every ten seconds.
setInterval(() => {
  const text = `${total.textContent} presses in all`;
  // The same text once more would be read out once more.
  if (counted && spoken.textContent !== text) spoken.textContent = text;
}, 10_000);

socket.on("message", ({ text }) => showToast(text));

socket.on("event", ({ name }) => showEvent(name));

socket.on("click", ({ user, comment }) => {
  if (comment) showToast(`${user}: ${comment}`);
  if (counted) {
    counted.click_count_total += 1;
    counted.click_count_today += 1;
  }
  showCounted();
  showRing();
});
