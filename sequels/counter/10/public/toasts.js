// @ts-check

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

/**
 * Shows a sentence for four seconds. If it is there already it is counted, and stays longer.
 * @param {string} text
 */
export const showToast = (text) => {
  const toast = open.get(text) ?? {
    item: document.createElement("li"),
    count: 0,
    timer: undefined,
  };
  toast.count += 1;
  // Not innerHTML: what others write is text.
  toast.item.textContent = toast.count === 1 ? text : `${text} × ${toast.count}`;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(closeToast, 4000, text);
  open.set(text, toast);
  list.append(toast.item);
  // A Map keeps the order in which its keys came: the first one is the oldest.
  const [oldest] = open.keys();
  if (open.size > 30 && oldest !== undefined) closeToast(oldest);
};
