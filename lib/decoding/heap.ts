/**
 * A priority queue: what is taken is the item with the highest priority, and of equals the one that
 * was put in first. Putting in and taking out cost O(log n).
 *
 * Source: Williams 1964, "Algorithm 232: heapsort".
 */
export class Heap<T> {
  /** Every entry comes before its two children, 2i + 1 and 2i + 2. */
  readonly #entries: { item: T; priority: number; order: number }[] = [];
  #order = 0;

  put(item: T, priority: number): void {
    const entries = this.#entries;
    let at = entries.length;
    entries.push({ item, priority, order: this.#order++ });
    for (
      let parent = (at - 1) >> 1;
      at > 0 && this.#isBefore(at, parent);
      at = parent, parent = (at - 1) >> 1
    ) {
      this.#swap(at, parent);
    }
  }

  /** The first item, taken out; undefined if there is none. */
  take(): T | undefined {
    const entries = this.#entries;
    if (entries.length === 0) return undefined;
    this.#swap(0, entries.length - 1);
    const { item } = entries.pop()!;
    for (let at = 0;;) {
      let first = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < entries.length && this.#isBefore(child, first)) first = child;
      }
      if (first === at) return item;
      this.#swap(at, first);
      at = first;
    }
  }

  #isBefore(i: number, j: number): boolean {
    const a = this.#entries[i], b = this.#entries[j];
    return a.priority > b.priority || (a.priority === b.priority && a.order < b.order);
  }

  #swap(i: number, j: number): void {
    const entries = this.#entries;
    [entries[i], entries[j]] = [entries[j], entries[i]];
  }
}
