import { say } from "./pane.ts";

/** What is kept from page to page; also read in components/Header.astro, before anything shows. */
const [ON, SIZE] = ["course-present", "course-present-size"];
const SIZES = [1.125, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** The presenter's mode: the code alone, in type that a lecture room can read. */
export const presenter = {
  get on(): boolean {
    return document.documentElement.dataset.present === "on";
  },

  set(on: boolean): void {
    document.documentElement.dataset.present = on ? "on" : "off";
    store(ON, on ? "on" : "");
    for (const button of document.querySelectorAll(".present"))
      button.setAttribute("aria-pressed", String(on));
    const address = location.href.replace(/#present$/, "");
    if (on)
      window.history.replaceState(null, "", location.hash ? location.href : `${address}#present`);
    else if (location.hash === "#present") window.history.replaceState(null, "", address);
    say(on ? "Presenter's mode" : "Reader's mode");
  },

  toggle(): void {
    presenter.set(!presenter.on);
  },

  /** Larger (1) or smaller (-1) type. */
  resize(offset: 1 | -1): void {
    const now = Number(document.documentElement.style.getPropertyValue("--present-size")) || 1.5;
    const at = SIZES.findIndex((size) => size >= now) + offset;
    const size = SIZES[Math.max(0, Math.min(SIZES.length - 1, at))] ?? now;
    document.documentElement.style.setProperty("--present-size", String(size));
    store(SIZE, String(size));
  },
};

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser may forbid it; then the mode holds for this page only.
  }
}
