// @ts-check
import { io } from "/socket.io/socket.io.esm.min.js";

const status = /** @type {HTMLElement} */ (document.querySelector("#status"));
const messages = /** @type {HTMLOListElement} */ (document.querySelector("#messages"));
const form = /** @type {HTMLFormElement} */ (document.querySelector("#send"));
const fieldset = /** @type {HTMLFieldSetElement} */ (form.querySelector("fieldset"));
const text = /** @type {HTMLInputElement} */ (form.querySelector("#text"));
const find = /** @type {HTMLButtonElement} */ (document.querySelector("#find"));
const leave = /** @type {HTMLButtonElement} */ (document.querySelector("#leave"));

/**
 * What the server knows of us: it decides, and the page shows it.
 * @type {"offline" | "idle" | "waiting" | "paired"}
 */
let state = "offline";

/** Whether this page has had a partner. */
let hasMet = false;

/**
 * Shows what can be done in a state, and a sentence about it.
 * @param {typeof state} next
 * @param {string} sentence
 */
const show = (next, sentence) => {
  state = next;
  // What has not changed is not read out again.
  if (status.textContent !== sentence) status.textContent = sentence;
  find.disabled = state !== "idle" && state !== "paired";
  find.textContent = hasMet ? "Find someone else" : "Find someone";
  fieldset.disabled = state !== "paired";
  leave.disabled = state !== "waiting" && state !== "paired";
};

/**
 * Adds a line to what is read on the page: a sentence of ours, or what somebody wrote.
 * @param {string} text
 * @param {string} [from]
 */
const addLine = (text, from) => {
  const line = document.createElement("li");
  line.className = from ? "received" : "notice";
  line.dir = "auto";
  // Not innerHTML: what others write is text.
  line.textContent = text;
  if (from) {
    const name = document.createElement("strong");
    name.textContent = from;
    line.prepend(name);
  }
  messages.append(line);
  line.scrollIntoView({ block: "nearest" });
  return line;
};

const socket = io({ transports: ["websocket"] });

/**
 * Sends an event, and waits for its acknowledgement.
 * @param {string} event
 * @param {...unknown} values
 * @returns {Promise<{ state?: string, error?: string }>}
 */
const ask = async (event, ...values) => {
  try {
    return await socket.timeout(5000).emitWithAck(event, ...values);
  } catch {
    return { error: "no answer" };
  }
};

find.addEventListener("click", async () => {
  const { error } = await ask(state === "paired" ? "next" : "join");
  if (error) status.textContent = `Not possible: ${error}`;
});

leave.addEventListener("click", async () => {
  const { error } = await ask("leave");
  if (!error) show("idle", "You have left.");
  // Whoever was left in the same instant has nothing to leave any more, and was told so.
  else if (state !== "idle") status.textContent = `Not possible: ${error}`;
});

form.addEventListener("submit", async (event) => {
  // Otherwise the browser leaves the page and sends the form its own way.
  event.preventDefault();
  const sent = text.value;
  const { error } = await ask("message", { text: sent });
  if (error) status.textContent = `Not sent: ${error}`;
  // What was written meanwhile stays, and so does what was refused.
  else if (text.value === sent) text.value = "";
});

socket.on("connect", () => {
  show("idle", "You are online.");
});

socket.on("disconnect", () => {
  show("offline", "The connection is lost, and your place with it. It comes back by itself.");
});

socket.on("connect_error", (error) => {
  // Where the server itself has said no, trying again brings the same answer.
  if (socket.active) show("offline", "No connection. The page tries again by itself.");
  else show("offline", `No connection: ${error.message}.`);
});

socket.on("matched", ({ you, partners }) => {
  // The transcript of the last chat is nobody's business in this one.
  messages.replaceChildren();
  hasMet = true;
  addLine(`You've joined the chat as ${you}`);
  for (const partner of partners) addLine(`${partner} has joined the chat.`);
  show("paired", `You talk with ${partners.join(", ")}.`);
  text.focus();
});

socket.on("message", ({ from, text, mine }) => {
  const line = addLine(text, from);
  if (mine) line.className = "own";
});

socket.on("partner_left", ({ partner, reason }) => {
  const sentence = `${partner} has ${reason === "left" ? "left" : "disconnected"}.`;
  addLine(sentence);
  show("idle", sentence);
});

socket.on("waiting", ({ ahead }) => {
  show("waiting", `Waiting for somebody. Ahead of you: ${ahead}`);
});
