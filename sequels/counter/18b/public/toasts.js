// @ts-check
import { classesOf } from "./styles.js";

const list = /** @type {HTMLElement} */ (document.querySelector("#toasts"));

/**
 * The toasts that are open, by their text.
 * @type {Map<string, { item: HTMLElement, count: number, timer: number | undefined }>}
 */
const open = new Map();

/** @param {string} text */
const closeToast = (text) => {
  open.get(text)?.item.remove();
  open.delete(text);
};

export const closeToasts = () => {
  for (const text of open.keys()) closeToast(text);
};

/**
 * Shows a sentence for four seconds. If it is there already it is counted, and stays longer.
 * @param {string} text
 * @param {string | null} style
 */
export const showToast = (text, style = null) => {
  const toast = open.get(text) ?? {
    item: document.createElement("li"),
    count: 0,
    timer: undefined,
  };
  toast.count += 1;
  // Not innerHTML: what others write is text.
  toast.item.textContent = toast.count === 1 ? text : `${text} × ${toast.count}`;
  toast.item.className = classesOf(style);
  clearTimeout(toast.timer);
  toast.timer = setTimeout(closeToast, 4000, text);
  open.set(text, toast);
  list.append(toast.item);
  // A Map keeps the order in which its keys came: the first one is the oldest.
  const [oldest] = open.keys();
  if (open.size > 30 && oldest !== undefined) closeToast(oldest);
};
