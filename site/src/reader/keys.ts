import { find, type Pane } from "./pane.ts";
import { presenter } from "./present.ts";
import type { showTypes } from "./types.ts";

/** What the keys work on; a page may lack some of it. */
export interface Desk {
  readonly pane: Pane | undefined;
  readonly types: ReturnType<typeof showTypes> | undefined;
  /** Goes to the next step (1) or to the one before (-1). */
  go(offset: 1 | -1): void;
}

/** Single keys, as components/Keys.astro lists them. */
export function listenToKeys(desk: Desk): void {
  const actions: Record<string, () => void> = {
    n: () => desk.go(1),
    ArrowRight: () => desk.go(1),
    p: () => desk.go(-1),
    ArrowLeft: () => desk.go(-1),
    j: () => desk.pane?.jump(1),
    k: () => desk.pane?.jump(-1),
    w: () => desk.pane?.toggleWhole(),
    t: () => desk.types?.next(1),
    T: () => desk.types?.next(-1),
    l: () => desk.pane && presenter.toggle(),
    "+": () => presenter.on && presenter.resize(1),
    "-": () => presenter.on && presenter.resize(-1),
    "/": () => document.querySelector<HTMLButtonElement>("button[data-open-modal]")?.click(),
    "?": () => find(document, "#keys", HTMLDialogElement).showModal(),
    Escape: () => desk.types?.hide(),
  };
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isBusy(event.target as Element, event.key)) return;
    const action = actions[event.key];
    if (action === undefined) return;
    if (event.key !== "Escape") event.preventDefault();
    action();
  });
}

/** Whether the key means something else where the focus is. */
function isBusy(target: Element, key: string): boolean {
  if (document.querySelector("dialog[open]")) return true;
  if (target.closest("input, textarea, select, [contenteditable]")) return true;
  const scrolls = target !== document.body && target.scrollWidth > target.clientWidth;
  return key.startsWith("Arrow") && scrolls;
}
