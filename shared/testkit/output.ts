/** What is kept of the beginning of an output, and of its end, in characters. */
const KEPT = 500_000;
const LARGE = 50_000;
/** More than this, and it is taken for an output without end, in characters. */
const TOO_MUCH = 10_000_000;

/** What a process prints: all of it in a normal case, its beginning and its end if it is endless. */
export class Output {
  #head = "";
  #tail = "";
  #length = 0;

  add(text: string): void {
    this.#length += text.length;
    if (this.#head.length < KEPT) this.#head += text;
    else this.#tail = (this.#tail + text).slice(-KEPT);
  }

  get isEndless(): boolean {
    return this.#length > TOO_MUCH;
  }

  /** More than an app has to say before it listens: a loop without pause gets no more out. */
  get isLarge(): boolean {
    return this.#length > LARGE;
  }

  get text(): string {
    const missing = this.#length - this.#head.length - this.#tail.length;
    return missing > 0
      ? `${this.#head}\n… (${missing} characters left out) …\n${this.#tail}`
      : this.#head + this.#tail;
  }
}
