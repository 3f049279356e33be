// @ts-check
/**
 * What POST /api/messages answers.
 * @typedef {{ id: number, content: string, author_id: number, recipient_id: number, date: string }} Message
 */

const userId = document.body.dataset.userId;
const form = /** @type {HTMLFormElement} */ (document.querySelector("#send"));
const fieldset = /** @type {HTMLFieldSetElement} */ (form.querySelector("fieldset"));
const recipient = /** @type {HTMLSelectElement} */ (form.querySelector("#recipient"));
const content = /** @type {HTMLInputElement} */ (form.querySelector("#content"));
const status = /** @type {HTMLElement} */ (form.querySelector("#status"));
const messages = /** @type {HTMLTableSectionElement} */ (document.querySelector("#messages"));

/** @param {HTMLTableRowElement} row */
const addCell = (row) => {
  const cell = row.insertCell();
  cell.role = "cell";
  cell.dir = "auto";
  return cell;
};

/**
 * Adds the row that the template makes of a message.
 * @param {Message} message
 */
const showMessage = (message) => {
  document.querySelector("#no-messages")?.remove();
  const row = messages.insertRow();
  row.role = "row";
  row.className = "own new";
  const time = document.createElement("time");
  time.dateTime = message.date;
  time.textContent = new Date(message.date).toUTCString().slice(5, 22);
  addCell(row).append(time);
  for (const text of [message.author_id, message.recipient_id, message.content]) {
    // Not innerHTML: what users write is text.
    addCell(row).textContent = String(text);
  }
};

const showEnd = () => window.scrollTo(0, document.body.scrollHeight);

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
    status.textContent = "No answer: it may have been sent.";
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

// From here on the page can send: until now, a click would have gone nowhere.
fieldset.disabled = recipient.length === 0;
