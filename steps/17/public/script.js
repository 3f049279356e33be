// @ts-check
import { io } from "/socket.io/socket.io.esm.min.js";

/**
 * What POST /api/messages answers.
 * @typedef {{ id: number, content: string, author: User, recipient: User, date: string }} Message
 * @typedef {{ id: number, name: string, email: string, nickname: string }} User
 */

const form = /** @type {HTMLFormElement} */ (document.querySelector("#send"));
const fieldset = /** @type {HTMLFieldSetElement} */ (form.querySelector("fieldset"));
const recipient = /** @type {HTMLSelectElement} */ (form.querySelector("#recipient"));
const content = /** @type {HTMLInputElement} */ (form.querySelector("#content"));
const status = /** @type {HTMLElement} */ (form.querySelector("#status"));
const messages = /** @type {HTMLTableSectionElement} */ (document.querySelector("#messages"));
const connection = /** @type {HTMLElement} */ (document.querySelector("#connection"));

/** @param {Message} message */
const showMessage = (message) => {
  const row = messages.insertRow();
  row.className = "new";
  const date = message.date.slice(0, 19).replace("T", " ");
  for (const text of [date, message.author.name, message.recipient.name, message.content]) {
    // Not innerHTML: what users write is text.
    row.insertCell().textContent = String(text);
  }
};

/** Scrolls to the last message, unless it is in sight. */
const showEnd = () => messages.lastElementChild?.scrollIntoView({ block: "nearest" });

/** @param {FormData} data */
const sendMessage = async (data) => {
  const response = await fetch("/api/messages", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ author_id: document.body.dataset.userId, ...Object.fromEntries(data) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return /** @type {Message} */ (answer);
};

form.addEventListener("submit", async (event) => {
  // Otherwise the browser leaves the page and sends the form its own way.
  event.preventDefault();
  const data = new FormData(form);
  fieldset.disabled = true;
  try {
    showMessage(await sendMessage(data));
    showEnd();
    content.value = "";
    status.textContent = "Sent.";
  } catch (error) {
    // A TypeError is how fetch says that nobody answered.
    const lost = error instanceof TypeError && "the server does not answer";
    status.textContent = `Not sent: ${lost || /** @type {Error} */ (error).message}`;
  }
  fieldset.disabled = false;
  content.focus();
});

const socket = io({ transports: ["websocket"] });

socket.on("connect", () => {
  socket.emit(
    "connect-ack",
    document.body.dataset.nickname,
    (/** @type {{ error?: string }} */ answer) => {
      connection.textContent = answer.error ?? "online";
    },
  );
});

socket.on("disconnect", () => {
  connection.textContent = "offline";
});

// From here on the page can send: until now, a click would have gone nowhere.
fieldset.disabled = recipient.length === 0;
