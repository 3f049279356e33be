import { manifest } from "./data.ts";
import { followLesson } from "./follow.ts";
import { listenToKeys } from "./keys.ts";
import { find, Pane } from "./pane.ts";
import { presenter } from "./present.ts";
import { showTypes } from "./types.ts";

const element = document.querySelector<HTMLElement>(".code-pane");
const lesson = document.querySelector<HTMLElement>(".lesson");
const pane = element ? new Pane(element) : undefined;
const types = pane && showTypes(pane);

if (pane && lesson) followLesson(lesson, pane);
if (pane?.element.dataset.page === "compare") comparePage(pane);
if (pane) {
  presenter.set(presenter.on);
  for (const button of document.querySelectorAll(".present"))
    button.addEventListener("click", () => presenter.toggle());
}
const keys = find(document, "#keys", HTMLDialogElement);
for (const button of document.querySelectorAll(".open-keys"))
  button.addEventListener("click", () => keys.showModal());

listenToKeys({
  pane,
  types,
  go: (offset) => {
    if (pane?.element.dataset.page === "compare") shift(pane, offset);
    else
      document
        .querySelector<HTMLAnchorElement>(`a[rel=${offset === 1 ? "next" : "prev"}]`)
        ?.click();
  },
});

// Paper is white, also for who reads in the dark.
let chosen: string | undefined;
matchMedia("print").addEventListener("change", ({ matches }) => {
  const page = document.documentElement;
  if (matches) chosen = page.dataset.theme;
  page.dataset.theme = matches ? "light" : (chosen ?? "light");
});

// On a phone the code is below the lesson: one button leads there, and back.
const toCode = document.querySelector<HTMLAnchorElement>(".to-code");
if (toCode && element)
  new IntersectionObserver(([entry]) => {
    const inCode = entry?.isIntersecting ?? false;
    toCode.textContent = inCode ? "Lesson" : "Code";
    toCode.href = inCode ? "#_top" : "#code";
  }).observe(element);

// The step that one is on is in sight in the row of steps.
const here = document.querySelector<HTMLElement>(".steps [aria-current=page]");
const strip = here?.closest<HTMLElement>(".steps");
if (here && strip) strip.scrollLeft = here.offsetLeft - strip.clientWidth / 2;

/** The page that compares two steps keeps them in its address: `#04..07`. */
function comparePage(pane: Pane): void {
  const fromAddress = () => {
    const [, from, to] = /^#(\w+)\.\.(\w+)$/.exec(location.hash) ?? [];
    const known = (id: string | undefined) =>
      [...find(pane.element, "select", HTMLSelectElement).options].some(
        ({ value }) => value === id,
      );
    if (from && to && known(from) && known(to)) pane.show(from, to);
    else pane.show(pane.from, pane.to);
  };
  pane.element.addEventListener("shown", () => {
    window.history.replaceState(null, "", `#${pane.from}..${pane.to}`);
    document.title = document.title.replace(/^.*?(?= \|)/, `${pane.from} and ${pane.to}`);
  });
  addEventListener("hashchange", fromAddress);
  fromAddress();
}

/** Moves both steps of a comparison on. */
async function shift(pane: Pane, offset: 1 | -1): Promise<void> {
  const ids = (await manifest()).steps.map(({ id }) => id);
  const move = (id: string | undefined) => ids[ids.indexOf(id ?? "") + offset];
  const [from, to] = [move(pane.from), move(pane.to)];
  if (from && to) pane.show(from, to);
}
