// @ts-check
import { io } from "/api/socket.io/socket.io.esm.min.js";
import { obey } from "./commands.js";
import { showEvent } from "./effects.js";
import { LABELS } from "./labels.js";
import { COLOURS, classesOf, LINES } from "./styles.js";
import { closeToasts, showToast } from "./toasts.js";

const button = /** @type {HTMLButtonElement} */ (document.querySelector("#button"));
const session = /** @type {HTMLElement} */ (document.querySelector("#session"));
const total = /** @type {HTMLElement} */ (document.querySelector("#total"));
const today = /** @type {HTMLElement} */ (document.querySelector("#today"));
const online = /** @type {HTMLElement} */ (document.querySelector("#online"));
const form = /** @type {HTMLFormElement} */ (document.querySelector("#who"));
const nameField = /** @type {HTMLInputElement} */ (document.querySelector("#name"));
const commentField = /** @type {HTMLInputElement} */ (document.querySelector("#comment"));
const colourField = /** @type {HTMLSelectElement} */ (document.querySelector("#colour"));
const lineField = /** @type {HTMLSelectElement} */ (document.querySelector("#line"));
const events = /** @type {HTMLElement} */ (document.querySelector("#events"));
const popup = /** @type {HTMLDialogElement} */ (document.querySelector("#popup"));
const popupText = /** @type {HTMLElement} */ (document.querySelector("#popup-text"));
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

for (const colour of COLOURS) colourField.add(new Option(colour));
for (const line of LINES) lineField.add(new Option(line));
for (const field of [commentField, colourField, lineField]) {
  field.value = localStorage.getItem(field.id) ?? "";
  field.addEventListener("change", () => localStorage.setItem(field.id, field.value));
}

// The button belongs to the form, so Enter in a field presses it, too.
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (obey(commentField.value, page)) {
    commentField.value = "";
    localStorage.removeItem("comment");
    return;
  }
  // Socket.IO would keep it, and send it when the connection is back: nobody presses then.
  if (!socket.connected) return;
  if (localStorage.getItem("vibrate") === "on") navigator.vibrate?.(30);
  try {
    const { error } = await socket.timeout(5000).emitWithAck("click", {
      user: nameField.value.trim() || "Guest",
      comment: commentField.value,
      style: `${colourField.value} ${lineField.value}`,
    });
    notice.textContent = error ?? "";
    if (error) return;
    clicks += 1;
    session.textContent = clicks.toLocaleString("en");
  } catch {
    notice.textContent = "No answer: the click may have counted, or not.";
  }
});

const sendEvent = async (/** @type {string} */ name) => {
  if (!socket.connected) return;
  const event = { user: nameField.value.trim() || "Guest", name };
  const { error } = await socket.emitWithAck("event", event);
  notice.textContent = error ?? "";
};

events.addEventListener("click", ({ target }) => {
  if (target instanceof HTMLButtonElement) sendEvent(target.value);
});

const showTheme = () => {
  const isDark = localStorage.getItem("dark") === "on";
  document.documentElement.style.colorScheme = isDark ? "dark" : "";
};
showTheme();

/** What a slash command may do here. @type {Parameters<typeof obey>[1]} */
const page = {
  choose: (field, value) => {
    (field === "colour" ? colourField : lineField).value = value;
    localStorage.setItem(field, value);
  },
  send: sendEvent,
  toggle: (setting) => {
    localStorage.setItem(setting, localStorage.getItem(setting) === "on" ? "off" : "on");
    showTheme();
  },
  clear: closeToasts,
  figures: () =>
    `${total.textContent} in all, ${today.textContent} today, ${online.textContent} online`,
  tell: (text) => {
    notice.textContent = text;
  },
};

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
const showRing = (/** @type {string | null} */ style) => {
  // In a tab that nobody looks at, nothing moves and nothing fades.
  if (rings.children.length > 120) return;
  const ring = document.createElement("span");
  ring.className = classesOf(style);
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

socket.on("message", ({ text, type }) => {
  if (type !== "popup") return showToast(text);
  popupText.textContent = text;
  // Not showModal(), nor show(): both would take the keyboard away from whoever presses or types.
  popup.open = true;
  spoken.textContent = text;
  showEvent("confetti");
});

/**
 * Styles of rings that are still to be drawn: 120 a second. Those that would wait for more than two
 * seconds are counted, and not drawn.
 * @type {(string | null)[]}
 */
const waiting = [];
setInterval(() => {
  for (const style of waiting.splice(0, 3)) showRing(style);
}, 25);

socket.on("event", ({ name }) => showEvent(name));

socket.on("click", ({ user, comment, style }) => {
  if (comment) showToast(`${user}: ${comment}`, style);
  if (counted) {
    counted.click_count_total += 1;
    counted.click_count_today += 1;
  }
  showCounted();
  if (waiting.length < 240) waiting.push(style);
});
