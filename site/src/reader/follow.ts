import type { Pane } from "./pane.ts";

/** From this width on there are two columns: also in styles/site.css. */
const TWO_COLUMNS = "(min-width: 64rem)";

/** Makes the code follow the lesson: what stands at the reading line decides what is marked. */
export function followLesson(lesson: HTMLElement, pane: Pane): void {
  let current: Element | undefined;
  let waiting = false;
  const look = () => {
    waiting = false;
    if (!matchMedia(TWO_COLUMNS).matches || document.documentElement.dataset.present === "on")
      return;
    const part = partAtReadingLine(lesson);
    if (part === current) return;
    current?.classList.remove("reading");
    current = part;
    if (part) point(part, pane);
  };
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(look);
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later, { passive: true });
  pane.element.addEventListener("shown", () => {
    current = undefined;
  });
  lesson.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("a, button, summary, input, select")) return;
    const part = target.closest<HTMLElement>("[data-follow]");
    if (!part || !matchMedia(TWO_COLUMNS).matches) return;
    current?.classList.remove("reading");
    current = part;
    point(part, pane);
  });
}

function partAtReadingLine(lesson: HTMLElement): HTMLElement | undefined {
  const parts = [...lesson.querySelectorAll<HTMLElement>("[data-follow]")];
  const scrolled = scrollY / Math.max(1, document.documentElement.scrollHeight - innerHeight);
  // At the top of the page the line is high, at its end low: else the last parts never reach it.
  const line = innerHeight * (0.25 + 0.35 * Math.min(1, scrolled));
  if (scrollY < 40) return undefined;
  return parts.findLast((part) => part.getBoundingClientRect().top <= line);
}

function point(part: HTMLElement, pane: Pane): void {
  part.classList.add("reading");
  const [, path, from, to] = /^(.*):(\d+)-(\d+)$/.exec(part.dataset.follow ?? "") ?? [];
  if (path) pane.point(path, Number(from), Number(to));
}
