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
  const rows = [...messages.rows];
  // The same message can come as the answer to our POST, over the socket and when catching up.
  if (rows.some((row) => row.dataset.id === String(message.id))) return;
  const index = rows.findIndex((row) => Number(row.dataset.id) > message.id);
  const row = messages.insertRow(index);
  row.dataset.id = String(message.id);
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

/** Shows the messages that were sent while this page had no connection. */
const catchUp = async () => {
  const response = await fetch(`/api/messages/with/${document.body.dataset.userId}`);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  for (const message of answer) showMessage(message);
};

socket.on("connect", () => {
  socket.emit(
    "connect-ack",
    document.body.dataset.nickname,
    (/** @type {{ error?: string }} */ answer) => {
      connection.textContent = answer.error ?? "online";
      // Only now, in our room: a message sent meanwhile reaches us one way or the other.
      catchUp().catch((error) => {
        connection.textContent = error.message;
      });
    },
  );
});

socket.on("disconnect", () => {
  connection.textContent = "offline";
});

socket.on("message", (/** @type {Message} */ message) => {
  // Who reads older messages is not torn away from them.
  const atEnd = window.innerHeight + window.scrollY > document.body.scrollHeight - 100;
  showMessage(message);
  if (atEnd) showEnd();
});

showEnd();
// From here on the page can send: until now, a click would have gone nowhere.
fieldset.disabled = recipient.length === 0;
