import { history, manifest, root } from "./data.ts";
import { type Comparison, compare, escapeHtml, lineId } from "./rows.ts";
import { countsHtml, fileHtml, fileId } from "./view.ts";

/** The code beside a lesson, or on the page that compares two steps. */
export class Pane {
  readonly element: HTMLElement;
  readonly #scroller: HTMLElement;

  constructor(element: HTMLElement) {
    this.element = element;
    this.#scroller = find(element, ".scroller");
    element.addEventListener("click", (event) => this.#clicked(event));
    for (const select of element.querySelectorAll<HTMLSelectElement>("select[data-side]"))
      select.addEventListener("change", () => this.#chosen());
    find(element, ".whole", HTMLButtonElement).addEventListener("click", () => this.toggleWhole());
    const swap = element.querySelector(".swap");
    swap?.addEventListener("click", () => this.show(this.to, this.from ?? this.to));
  }

  /** What scrolls: the pane itself beside a lesson, else the page. */
  get scroller(): HTMLElement {
    return this.#scroller;
  }

  get from(): string | undefined {
    return this.element.dataset.from || undefined;
  }

  get to(): string {
    return this.element.dataset.to ?? "";
  }

  /** Shows the difference between two steps. */
  async show(from: string | undefined, to: string): Promise<void> {
    this.element.dataset.from = from ?? "";
    this.element.dataset.to = to;
    for (const select of this.element.querySelectorAll<HTMLSelectElement>("select[data-side]"))
      select.value = (select.dataset.side === "from" ? from : to) ?? "";
    try {
      const found = await this.#comparisons(from, to);
      if (this.from !== from || this.to !== to) return;
      this.#fill(found, to);
      const changed = found.filter(({ kind }) => kind !== "same").length;
      say(
        `${changed} ${changed === 1 ? "file differs" : "files differ"} between ${from ?? "nothing"} and ${to}`,
      );
    } catch (error) {
      this.#scroller.innerHTML = `<p class="trouble" role="alert">${escapeHtml(String(error))}. Reload the page; if that does not help, publish the whole folder again.</p>`;
    }
    this.element.dispatchEvent(new CustomEvent("shown", { bubbles: true }));
  }

  async #comparisons(from: string | undefined, to: string): Promise<Comparison[]> {
    const { files } = await manifest();
    const found = await Promise.all(
      files
        // The check of a step has nothing to do with the check of another one.
        .filter(
          ({ path, steps }) =>
            !path.endsWith(".test.ts") && (steps.includes(to) || (from && steps.includes(from))),
        )
        .map(async ({ path }) => {
          const file = await history(path);
          return file && compare(file, from, to);
        }),
    );
    return found.filter((each) => each !== undefined);
  }

  #fill(found: readonly Comparison[], to: string): void {
    const changed = found.filter(({ kind }) => kind !== "same");
    this.#scroller.innerHTML =
      changed.map((each) => fileHtml(each, { plainText: this.#plainText(each, to) })).join("") ||
      `<p class="binary">No file differs.</p>`;
    const others = found.filter(({ kind }) => kind === "same");
    const item = (each: Comparison, href: string) =>
      `<li><a href="${escapeHtml(href)}" data-open="${escapeHtml(each.path)}">${escapeHtml(each.path)} ${countsHtml(each)}</a></li>`;
    find(this.element, ".files ul").innerHTML = [
      ...changed.map((each) => item(each, `#${fileId(each.path)}`)),
      ...others.map((each) => item(each, this.#plainText(each, to) ?? "#")),
    ].join("");
    if (this.whole) this.#unfold(true);
  }

  #plainText({ kind, binary, path }: Comparison, to: string): string | undefined {
    const course = this.element.dataset.course;
    return kind === "removed" || binary ? undefined : `${root}files/${course}/${to}/${path}.txt`;
  }

  get whole(): boolean {
    return find(this.element, ".whole").getAttribute("aria-pressed") === "true";
  }

  /** Whole files, or only what is near to a change. */
  toggleWhole(): void {
    const whole = !this.whole;
    find(this.element, ".whole").setAttribute("aria-pressed", String(whole));
    this.#unfold(whole);
    say(whole ? "Whole files" : "Changes only");
  }

  #unfold(open: boolean): void {
    for (const each of this.#scroller.querySelectorAll("details")) each.open = open;
  }

  #chosen(): void {
    const value = (side: string) =>
      this.element.querySelector<HTMLSelectElement>(`select[data-side=${side}]`)?.value;
    this.show(value("from") || undefined, value("to") ?? this.to);
  }

  #clicked(event: Event): void {
    const target = event.target as Element;
    const copy = target.closest<HTMLButtonElement>(".copy-file");
    if (copy) this.#copy(copy);
    const open = target.closest<HTMLElement>("[data-open]");
    if (open?.dataset.open) {
      event.preventDefault();
      this.open(open.dataset.open);
    }
  }

  /** Brings a file into sight; one that does not differ is fetched first. */
  async open(path: string): Promise<void> {
    if (document.getElementById(fileId(path)) === null) await this.#append(path);
    const file = document.getElementById(fileId(path));
    file?.scrollIntoView({ behavior: motion(), block: "start" });
    const heading = file?.querySelector("h2");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }

  /** Adds a file that does not differ, at the end. */
  async #append(path: string): Promise<void> {
    const found = await history(path).catch(() => undefined);
    // The check of a step does not go on from the one before.
    const from = path.endsWith(".test.ts") ? this.to : this.from;
    const comparison = found && compare(found, from, this.to);
    if (comparison === undefined || document.getElementById(fileId(path)) !== null) return;
    const plainText = this.#plainText(comparison, this.to);
    const html = fileHtml(comparison, { plainText, whole: comparison.kind === "same" });
    this.#scroller.insertAdjacentHTML("beforeend", html);
  }

  async #copy(button: HTMLButtonElement): Promise<void> {
    const file = button.closest<HTMLElement>(".file");
    const rows = file?.querySelectorAll<HTMLElement>(".row[data-n]") ?? [];
    const text = [...rows].map((row) => row.textContent).join("");
    try {
      await navigator.clipboard.writeText(text);
      say(`${file?.dataset.file} is copied`);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  }

  /** Marks the lines that the reader's part of the lesson speaks of, and brings them into sight. */
  async point(path: string, from: number, to: number): Promise<void> {
    if (document.getElementById(fileId(path)) === null) await this.#append(path);
    for (const row of this.#scroller.querySelectorAll(".row.here")) row.classList.remove("here");
    const rows: HTMLElement[] = [];
    for (let line = from; line <= to; line++) {
      const row = document.getElementById(lineId(path, line));
      if (row) rows.push(row);
    }
    for (const row of rows) {
      row.classList.add("here");
      const fold = row.closest("details");
      if (fold) fold.open = true;
    }
    if (rows[0]) this.reveal(rows[0]);
  }

  /** Scrolls to a row, to the upper third of what is in sight. */
  reveal(row: HTMLElement): void {
    const own = this.#scroller.scrollHeight > this.#scroller.clientHeight + 4;
    const box = this.#scroller.getBoundingClientRect();
    const place = row.getBoundingClientRect();
    const height = own ? box.height : innerHeight;
    const top = own ? place.top - box.top : place.top;
    if (top > height * 0.2 && top < height * 0.6) return;
    const by = { top: top - height * 0.3, behavior: motion() };
    if (own) this.#scroller.scrollBy(by);
    else scrollBy(by);
  }

  /** Goes to the next group of changed lines (1) or to the one before (-1). */
  jump(offset: 1 | -1): void {
    const own = this.#scroller.scrollHeight > this.#scroller.clientHeight + 4;
    const box = this.#scroller.getBoundingClientRect();
    const [top, height] = own ? [box.top, box.height] : [0, innerHeight];
    const line = top + height * 0.3;
    const starts = [...this.#scroller.querySelectorAll<HTMLElement>("ins.row, del.row")].filter(
      (row) => !row.previousElementSibling?.matches("ins, del"),
    );
    const places = starts.map((row) => row.getBoundingClientRect().top - line);
    const current = starts.findIndex((row) => row.classList.contains("at"));
    const near = places.findIndex((place) => place > 8);
    let next = current + offset;
    if (current === -1) next = offset === 1 ? near : near === -1 ? starts.length - 1 : near - 1;
    const row = starts[Math.max(0, Math.min(starts.length - 1, next))];
    if (row === undefined) return;
    if (current !== -1) starts[current]?.classList.remove("at");
    row.classList.add("at");
    this.reveal(row);
  }
}

/** The element that a page of ours is known to have. */
export function find<T extends HTMLElement = HTMLElement>(
  within: ParentNode,
  selector: string,
  _type?: abstract new () => T,
): T {
  const element = within.querySelector<T>(selector);
  if (element === null) throw new Error(`this page has no ${selector}`);
  return element;
}

/** Smooth, unless the reader's system asks for less motion. */
export function motion(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}

/** Tells something to readers who cannot see the change. */
export function say(text: string): void {
  const status = document.getElementById("status");
  if (status) status.textContent = text;
}
