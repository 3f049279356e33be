// @ts-check
import { LABELS } from "./labels.js";

const button = /** @type {HTMLButtonElement} */ (document.querySelector("#button"));
const session = /** @type {HTMLElement} */ (document.querySelector("#session"));

/** How often this page was pressed. */
let clicks = 0;

// At random, so each load has its own. What is read out begins the same with all of them.
const label = LABELS[Math.floor(Math.random() * LABELS.length)] ?? "Press me";
button.textContent = label;
button.ariaLabel = `Press me: ${label}`;

button.addEventListener("click", () => {
  clicks += 1;
  session.textContent = String(clicks);
});
