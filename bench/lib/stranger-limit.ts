/** A limit of so many in so many ms, seen from who sends: when it was counted is only known roughly. */
export class Limit {
  readonly #most: number;
  readonly #ms: number;
  #taken: { from: number; to: number; isSure: boolean }[] = [];

  constructor(most: number, ms: number) {
    this.#most = most;
    this.#ms = ms;
  }

  /** Something that is not answered: nobody knows whether it was let through. */
  note(sent: number) {
    this.#taken.push({ from: sent, to: sent + this.#ms, isSure: false });
  }

  /** What is wrong with an answer; undefined where it is as it has to be. */
  judge(sent: number, answered: number, isRefused: boolean): string | undefined {
    const slack = 2;
    this.#taken = this.#taken.filter(({ to }) => sent - to < this.#ms + slack);
    if (isRefused) {
      return this.#taken.length < this.#most
        ? `too fast after ${this.#taken.length} in ${this.#ms} ms`
        : undefined;
    }
    const sure = this.#taken.filter(
      ({ from, isSure }) => isSure && answered - from < this.#ms - slack,
    );
    this.#taken.push({ from: sent, to: answered, isSure: true });
    return sure.length >= this.#most ? `${sure.length + 1} in ${this.#ms} ms passed` : undefined;
  }
}
