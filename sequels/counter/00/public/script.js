// @ts-check

const button = /** @type {HTMLButtonElement} */ (document.querySelector("#button"));
const session = /** @type {HTMLElement} */ (document.querySelector("#session"));

/** How often this page was pressed. */
let clicks = 0;

button.addEventListener("click", () => {
  clicks += 1;
  session.textContent = String(clicks);
});
