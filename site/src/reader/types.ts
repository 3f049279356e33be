import { history } from "./data.ts";
import { type Pane, say } from "./pane.ts";

/** Shows what TypeScript knows of a name, under the pointer, the finger, or by a key. */
export function showTypes(pane: Pane): { next(offset: 1 | -1): void; hide(): void } {
  const tip = document.createElement("div");
  tip.className = "type-tip";
  tip.id = "type-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  let shown: HTMLElement | undefined;

  const hide = () => {
    tip.hidden = true;
    shown?.classList.remove("named");
    shown?.removeAttribute("aria-describedby");
    shown = undefined;
  };
  const show = async (name: HTMLElement): Promise<void> => {
    if (shown === name) return;
    hide();
    shown = name;
    const path = name.closest<HTMLElement>("[data-file]")?.dataset.file;
    const file = path === undefined ? undefined : await history(path).catch(() => undefined);
    const type = file?.types[Number(name.dataset.t)];
    if (type === undefined || shown !== name) return;
    tip.textContent = type;
    tip.hidden = false;
    name.classList.add("named");
    name.setAttribute("aria-describedby", tip.id);
    place(tip, name);
  };
  const nameAt = (event: Event) => (event.target as Element).closest<HTMLElement>("[data-t]");

  pane.element.addEventListener("pointerover", (event) => {
    const name = nameAt(event);
    if (name) show(name);
    else if (event.pointerType === "mouse") hide();
  });
  pane.element.addEventListener("pointerleave", hide);
  pane.element.addEventListener("click", (event) => {
    const name = nameAt(event);
    if (name) show(name);
  });
  addEventListener("scroll", () => shown && place(tip, shown), { passive: true, capture: true });

  return {
    hide,
    next: async (offset) => {
      const names = [...pane.scroller.querySelectorAll<HTMLElement>("[data-t]")].filter(
        (name) => name.getClientRects().length > 0,
      );
      const at = shown ? names.indexOf(shown) : -1;
      const top = Math.max(0, pane.scroller.getBoundingClientRect().top);
      const first = names.findIndex((name) => name.getBoundingClientRect().top > top);
      const name = names[at === -1 ? first : at + offset];
      if (!name) return;
      pane.reveal(name);
      await show(name);
      say(`${name.textContent}: ${tip.textContent}`);
    },
  };
}

function place(tip: HTMLElement, name: HTMLElement): void {
  const box = name.getClientRects()[0];
  if (!box) return;
  const margin = 8;
  const left = Math.min(box.left, innerWidth - tip.offsetWidth - margin);
  const above = box.top - tip.offsetHeight - 4;
  tip.style.left = `${Math.max(margin, left)}px`;
  tip.style.top = `${above > 0 ? above : box.bottom + 4}px`;
}
