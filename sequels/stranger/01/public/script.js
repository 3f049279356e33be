// @ts-check
import { io } from "/socket.io/socket.io.esm.min.js";

const status = /** @type {HTMLElement} */ (document.querySelector("#status"));
const find = /** @type {HTMLButtonElement} */ (document.querySelector("#find"));

/**
 * What the server knows of us: it decides, and the page shows it.
 * @type {"offline" | "idle" | "waiting"}
 */
let state = "offline";

/**
 * Shows what can be done in a state, and a sentence about it.
 * @param {typeof state} next
 * @param {string} sentence
 */
const show = (next, sentence) => {
  state = next;
  // What has not changed is not read out again.
  if (status.textContent !== sentence) status.textContent = sentence;
  find.disabled = state !== "idle";
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
  const { error } = await ask("join");
  if (error) status.textContent = `Not possible: ${error}`;
});

socket.on("connect", () => {
  show("idle", "You are online.");
});

socket.on("disconnect", () => {
  show("offline", "The connection is lost, and your place with it. It comes back by itself.");
});

socket.on("connect_error", () => {
  show("offline", "No connection. The page tries again by itself.");
});

socket.on("waiting", ({ ahead }) => {
  show("waiting", `Waiting for somebody. Ahead of you: ${ahead}`);
});
