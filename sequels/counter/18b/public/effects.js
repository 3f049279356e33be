// @ts-check
import { showToast } from "./toasts.js";

const stage = /** @type {HTMLElement} */ (document.querySelector("#stage"));
const main = /** @type {HTMLElement} */ (document.querySelector("main"));

/** @param {number} most a number from 0 to this one */
const random = (most) => Math.random() * most;

/**
 * Lets pieces move over the stage, which lies behind everything, and takes them away again.
 * @param {string} look their class
 * @param {() => Keyframe[]} way where a piece begins and ends
 */
const scatter = (look, way) => {
  for (let number = 0; number < 60 && stage.children.length < 400; number += 1) {
    const piece = document.createElement("span");
    piece.className = look;
    stage.append(piece);
    const timing = { duration: 1500 + random(1500), delay: random(500), fill: "both" };
    piece.animate(way(), /** @type {KeyframeAnimationOptions} */ (timing)).onfinish = () =>
      piece.remove();
  }
};

const fall = () => {
  const x = random(100);
  return [
    { translate: `${x}vw -3rem` },
    { translate: `${x + random(10)}vw 105vh`, rotate: `${random(720)}deg` },
  ];
};

const burst = () => [
  { translate: "50vw 40vh", opacity: 1 },
  { translate: `${random(100)}vw ${random(90)}vh`, opacity: 0 },
];

/** @param {Keyframe[]} way */
const moveAll = (way) => main.animate(way, { duration: 700 });

/** @type {Map<string, () => void>} */
const effects = new Map([
  ["confetti", () => scatter("confetti", fall)],
  ["rain", () => scatter("rain", fall)],
  ["shake", () => moveAll([0, -8, 8, -8, 0].map((x) => ({ translate: `${x}px` })))],
  ["spin", () => moveAll([{ rotate: "0deg" }, { rotate: "360deg" }])],
  ["fireworks", () => scatter("spark", burst)],
  ["wave", () => scatter("hand", burst)],
]);

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * Shows an event on this page. One that it does not know, of a newer server, is ignored.
 * @param {string} name
 */
export const showEvent = (name) => {
  if (!effects.has(name)) return;
  if (calm.matches) showToast(`(${name})`);
  else effects.get(name)?.();
};
