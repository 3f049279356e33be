/**
 * Header fields in the order in which they were given. A value of undefined stands for a
 * header that must not be sent (`Header:`), not even as a default.
 */
export class HeaderList {
  #entries: [name: string, value: string | undefined][] = [];

  constructor(entries: Iterable<readonly [string, string | undefined]> = []) {
    for (const [name, value] of entries) this.add(name, value);
  }

  /** Appends a value; a removal replaces all values so far, and a value ends a removal. */
  add(name: string, value: string | undefined): void {
    if (value === undefined || this.isRemoved(name)) this.remove(name);
    this.#entries.push([name, value]);
  }

  /** Replaces all values of a name: in the first one's place, or at the end. */
  set(name: string, value: string): void {
    const at = this.#entries.findIndex(([each]) => same(each, name));
    if (at < 0) {
      this.#entries.push([name, value]);
      return;
    }
    this.#entries = this.#entries.filter(([each], index) => index === at || !same(each, name));
    this.#entries[at] = [name, value];
  }

  /** The first value of a name. */
  get(name: string): string | undefined {
    return this.#entries.find(([each]) => same(each, name))?.[1];
  }

  /** Whether a name was given at all, removed or not. */
  has(name: string): boolean {
    return this.#entries.some(([each]) => same(each, name));
  }

  /** Whether a name was given as `Name:`. */
  isRemoved(name: string): boolean {
    return this.#entries.some(([each, value]) => same(each, name) && value === undefined);
  }

  /** Forgets a name. */
  remove(name: string): void {
    this.#entries = this.#entries.filter(([each]) => !same(each, name));
  }

  /** All names and values, without those that must not be sent. */
  pairs(): [string, string][] {
    return this.#entries.filter((entry): entry is [string, string] => entry[1] !== undefined);
  }

  /** All names and values, with undefined for what must not be sent. */
  entries(): [string, string | undefined][] {
    return [...this.#entries];
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The first value of a header in a list of pairs; names are compared without their case. */
export function headerOf(headers: [string, string][], wanted: string): string | undefined {
  return headers.find(([name]) => same(name, wanted))?.[1];
}
