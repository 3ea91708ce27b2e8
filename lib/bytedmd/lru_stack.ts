/**
 * A stack of values that can be moved to the top, with the depth of any of them in O(log n): a
 * Fenwick tree over the places that values have been put to, renumbered when places run out.
 *
 * @example
 * ```ts
 * import { LruStack } from "lib/bytedmd/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const stack = new LruStack();
 * for (const value of [7, 8, 9]) stack.push(value); // 9 on top
 * stack.raise(7);
 * assertEquals([7, 9, 8].map((value) => stack.above(value)), [0, 1, 2]);
 * ```
 *
 * Source: Fenwick 1994, "A new data structure for cumulative frequency tables"; Bennett & Kruskal
 * 1975, "LRU stack processing", for its use.
 */
export class LruStack {
  /** [places + 1] Fenwick tree over which places are taken */
  #tree = new Int32Array(65);
  /** [places] the value at each place, -1 where there is none; higher places are nearer the top */
  #valueAt = new Int32Array(64).fill(-1);
  /** The place of every value, -1 for those not on the stack. */
  #placeOf = new Int32Array(64).fill(-1);
  #next = 0;
  #size = 0;

  /** Number of values on the stack. */
  get size(): number {
    return this.#size;
  }

  /** Whether a value is on the stack. */
  has(value: number): boolean {
    return value < this.#placeOf.length && this.#placeOf[value] >= 0;
  }

  /**
   * Puts a new value on top.
   *
   * @param value A whole number >= 0.
   * @throws {RangeError} If it is anything else, or on the stack already.
   */
  push(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`Cannot push ${value} as values must be whole numbers >= 0`);
    }
    if (this.has(value)) {
      throw new RangeError(`Cannot push ${value} as it is on the stack already`);
    }
    if (value >= this.#placeOf.length) {
      const larger = new Int32Array(2 * value + 2).fill(-1);
      larger.set(this.#placeOf);
      this.#placeOf = larger;
    }
    if (this.#next === this.#valueAt.length) this.#renumber();
    const place = this.#next++;
    this.#valueAt[place] = value;
    this.#placeOf[value] = place;
    this.#size++;
    this.#add(place, 1);
  }

  /**
   * Takes a value off, wherever it is.
   *
   * @throws {RangeError} If it is not on the stack.
   */
  remove(value: number): void {
    const place = this.#place(value);
    this.#valueAt[place] = -1;
    this.#placeOf[value] = -1;
    this.#size--;
    this.#add(place, -1);
  }

  /**
   * Moves a value to the top.
   *
   * @throws {RangeError} If it is not on the stack.
   */
  raise(value: number): void {
    this.remove(value);
    this.push(value);
  }

  /**
   * How many values lie above this one.
   *
   * @throws {RangeError} If it is not on the stack.
   */
  above(value: number): number {
    let upTo = 0;
    for (let i = this.#place(value) + 1; i > 0; i -= i & -i) upTo += this.#tree[i];
    return this.#size - upTo;
  }

  #place(value: number): number {
    if (!this.has(value)) throw new RangeError(`Cannot find ${value} as it is not on the stack`);
    return this.#placeOf[value];
  }

  #add(place: number, change: number): void {
    const tree = this.#tree;
    for (let i = place + 1; i < tree.length; i += i & -i) tree[i] += change;
  }

  /** Moves all values to the lowest places, in order, and makes twice as many places as needed. */
  #renumber(): void {
    const values = this.#valueAt.filter((value) => value >= 0);
    const places = Math.max(64, 2 * values.length);
    this.#valueAt = new Int32Array(places).fill(-1);
    this.#valueAt.set(values);
    values.forEach((value, place) => this.#placeOf[value] = place);
    this.#next = values.length;
    // tree[i] counts the taken places i - lowbit(i) … i - 1; taken are the first `next`.
    this.#tree = new Int32Array(places + 1);
    for (let i = 1; i <= places; i++) {
      this.#tree[i] = Math.min(i, this.#next) - Math.min(i - (i & -i), this.#next);
    }
  }
}
