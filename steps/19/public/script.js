// @ts-check
import { io } from "/socket.io/socket.io.esm.min.js";

/**
 * What POST /api/messages answers.
 * @typedef {{ id: number, content: string, author: User, recipient: User, date: string }} Message
 * @typedef {{ id: number, name: string, email: string, nickname: string }} User
 */

const userId = document.body.dataset.userId;
const form = /** @type {HTMLFormElement} */ (document.querySelector("#send"));
const fieldset = /** @type {HTMLFieldSetElement} */ (form.querySelector("fieldset"));
const recipient = /** @type {HTMLSelectElement} */ (form.querySelector("#recipient"));
const content = /** @type {HTMLInputElement} */ (form.querySelector("#content"));
const status = /** @type {HTMLElement} */ (form.querySelector("#status"));
const connection = /** @type {HTMLElement} */ (form.querySelector("#connection"));
const messages = /** @type {HTMLTableSectionElement} */ (document.querySelector("#messages"));

/** The ids of the messages shown. A Set finds one at once, however many there are. */
const shown = new Set();
for (const row of messages.rows) shown.add(Number(row.dataset.id));

/**
 * All messages up to this id are shown. Only catching up moves it on: a message that comes alone
 * does not tell whether one before it was missed.
 */
let complete = Number(messages.rows[messages.rows.length - 1]?.dataset.id ?? 0);

/** @param {HTMLTableRowElement} row */
const addCell = (row) => {
  const cell = row.insertCell();
  cell.role = "cell";
  cell.dir = "auto";
  return cell;
};

/**
 * Whoever writes can be answered, also somebody who came after this page was opened.
 * @param {User} user
 */
const offerRecipient = (user) => {
  if (String(user.id) === userId || recipient.querySelector(`[value="${user.id}"]`)) return;
  const option = new Option(user.name, String(user.id));
  option.dir = "auto";
  recipient.add(option);
  // The first one: until now there was nobody to write to, and the form was locked.
  if (recipient.length === 1) {
    document.querySelector("#nobody")?.remove();
    fieldset.disabled = false;
  }
};

/**
 * Adds the row that the template makes of a message.
 * @param {Message} message
 */
const showMessage = (message) => {
  // It may come three times: as the answer to our POST, over the socket, and by catching up.
  if (shown.has(message.id)) return;
  shown.add(message.id);
  offerRecipient(message.author);
  document.querySelector("#no-messages")?.remove();
  // In the order of ids. A message is hardly ever older than the last row: looked for from the end.
  let index = messages.rows.length;
  while (index > 0 && Number(messages.rows[index - 1]?.dataset.id) > message.id) index -= 1;
  const row = messages.insertRow(index);
  row.dataset.id = String(message.id);
  row.role = "row";
  row.className = String(message.author.id) === userId ? "own new" : "received new";
  const time = document.createElement("time");
  time.dateTime = message.date;
  time.textContent = new Date(message.date).toUTCString().slice(5, 22);
  addCell(row).append(time);
  for (const text of [message.author.name, message.recipient.name, message.content]) {
    // Not innerHTML: what users write is text.
    addCell(row).textContent = text;
  }
};

const showEnd = () => window.scrollTo(0, document.body.scrollHeight);

/** @param {Message[]} list */
const showMessages = (list) => {
  // Whoever reads older messages stays where they are.
  const isAtEnd = window.innerHeight + window.scrollY > document.body.scrollHeight - 100;
  // A screen reader is to read out what comes alone, not all that was missed.
  messages.ariaLive = list.length === 1 ? "polite" : "off";
  for (const message of list) showMessage(message);
  if (isAtEnd) showEnd();
};

form.addEventListener("submit", async (event) => {
  // Otherwise the browser leaves the page and sends the form its own way.
  event.preventDefault();
  // Read before the form is locked: a disabled field has no value here.
  const fields = Object.fromEntries(new FormData(form));
  const body = JSON.stringify({ author_id: userId, ...fields });
  fieldset.disabled = true;
  status.textContent = "Sending …";
  let response;
  let answer;
  try {
    response = await fetch("/api/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    answer = await response.json();
  } catch {
    // The request may have arrived, and its answer been lost: nobody here can know.
    status.textContent = "No answer: it may have been sent. Looking whether it was …";
    // Until that is known the form stays locked: a second click could send it twice.
    await catchUp();
    status.textContent = "No answer: it may have been sent. See above before you send it again.";
    return;
  } finally {
    // With an answer or without, after the `return` above, too.
    fieldset.disabled = false;
    content.focus();
  }
  if (!response.ok) {
    status.textContent = `Not sent: ${answer.error}`;
    return;
  }
  content.value = "";
  status.textContent = "Sent.";
  showMessage(answer);
  showEnd();
});

const socket = io({ transports: ["websocket"] });

/** @returns {Promise<Message[] | undefined>} what this page misses; undefined: no answer */
const askForMissed = async () => {
  const after = complete > 0 ? `?after=${complete}` : "";
  try {
    const response = await fetch(`/api/messages/with/${userId}${after}`);
    const answer = await response.json();
    return response.ok ? answer : undefined;
  } catch {
    return undefined;
  }
};

/** Shows what this page has missed; asks again until it knows. */
const catchUp = async () => {
  let missed = await askForMissed();
  while (!missed) {
    if (socket.connected) connection.textContent = "online, but messages may be missing";
    await new Promise((resolve) => setTimeout(resolve, 2000));
    if (socket.connected) missed = await askForMissed();
  }
  if (socket.connected) connection.textContent = "online";
  showMessages(missed);
  complete = missed.at(-1)?.id ?? complete;
};

socket.on("connect", () => {
  const nickname = document.body.dataset.nickname;
  socket.emit("connect-ack", nickname, (/** @type {{ error?: string }} */ answer) => {
    connection.textContent = answer.error ?? "online";
    // Only now, in our room: a message that is sent meanwhile comes one way or the other.
    if (!answer.error) catchUp();
  });
});

socket.on("disconnect", () => {
  connection.textContent = "offline";
});

socket.on("message", (/** @type {Message} */ message) => {
  showMessages([message]);
});

showEnd();
// From here on the page can send: until now, a click would have gone nowhere.
fieldset.disabled = recipient.length === 0;
