const N = 624;
const M = 397;

/** All that decides what a {@link RandomState} draws next, as NumPy's `get_state` gives it. */
export interface RandomStreamState {
  /** [624] The words of the Mersenne Twister. */
  readonly key: Uint32Array;
  /** How many of them are handed out, from 0 to 624. */
  readonly pos: number;
  /** The second Gaussian of a pair, where it waits to be drawn. */
  readonly gauss?: number;
}

/**
 * NumPy's legacy `RandomState`: the same seed gives the same stream, bit for bit up to the last
 * place of `log` in {@link RandomState.randn}.
 *
 * Source: Matsumoto & Nishimura 1998, "Mersenne Twister"; NumPy's `RandomState` stream guarantee.
 *
 * @example
 * ```ts
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * // numpy.random.RandomState(0).random_sample()
 * assertEquals(new RandomState(0).random(), 0.5488135039273248);
 * ```
 */
export class RandomState {
  readonly #state = new Uint32Array(N);
  /** What the state hands out, word by word. */
  readonly #tempered = new Uint32Array(N);
  #next = N;
  /** The polar method draws Gaussians in pairs: the second waits here. NaN when there is none. */
  #spare = NaN;

  /**
   * Starts the stream of a seed.
   *
   * @param seed A whole number from 0 to 2^32 - 1.
   * @throws {RangeError} If the seed is anything else.
   */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(
        `Cannot seed a random stream as seed must be a whole number from 0 to 4294967295: ` +
          `current value is ${seed}`,
      );
    }
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < N; i++) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = Math.imul(1812433253, previous) + i;
    }
  }

  /**
   * Where the stream is, as a value of its own.
   *
   * @example
   * ```ts
   * import { RandomState } from "lib/numeric/mod.ts";
   * import { assertEquals } from "@std/assert";
   *
   * const rng = new RandomState(0), other = new RandomState(1);
   * rng.randn();
   * other.setState(rng.getState());
   * assertEquals([other.randn(), other.random()], [rng.randn(), rng.random()]);
   * ```
   */
  getState(): RandomStreamState {
    const state = { key: this.#state.slice(), pos: this.#next };
    return Number.isNaN(this.#spare) ? state : { ...state, gauss: this.#spare };
  }

  /**
   * Goes on from where a stream was.
   *
   * @throws {RangeError} If it is no state: key is not of 624 words, pos not from 0 to 624, gauss not finite.
   */
  setState({ key, pos, gauss }: RandomStreamState): void {
    const fault = key.length !== N
      ? `key must have ${N} words: it has ${key.length}`
      : !(Number.isInteger(pos) && pos >= 0 && pos <= N)
      ? `pos must be a whole number from 0 to ${N}: current value is ${pos}`
      : gauss !== undefined && !Number.isFinite(gauss)
      ? `gauss must be a finite number: current value is ${gauss}`
      : undefined;
    if (fault !== undefined) throw new RangeError(`Cannot set a random stream as ${fault}`);
    this.#state.set(key);
    this.#state.forEach((word, i) => this.#tempered[i] = temper(word));
    this.#next = pos;
    this.#spare = gauss ?? NaN;
  }

  /** A double in [0, 1) with 53 random bits. */
  random(): number {
    const high = this.#uint32() >>> 5;
    const low = this.#uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A double in [lo, hi). */
  uniform(lo: number, hi: number): number {
    return lo + (hi - lo) * this.random();
  }

  /**
   * A whole number in [lo, hi), by masked rejection.
   *
   * @throws {RangeError} If lo and hi are not whole numbers with lo < hi <= lo + 2^32.
   */
  randint(lo: number, hi: number): number {
    if (!(Number.isInteger(lo) && Number.isInteger(hi) && lo < hi && hi - lo <= 2 ** 32)) {
      throw new RangeError(
        `Cannot draw a whole number as lo < hi must be whole numbers at most 2^32 apart: ` +
          `current values are ${lo} and ${hi}`,
      );
    }
    return lo + this.#interval(hi - lo - 1);
  }

  /** A standard Gaussian, by Marsaglia's polar method. */
  randn(): number {
    if (!Number.isNaN(this.#spare)) {
      const value = this.#spare;
      this.#spare = NaN;
      return value;
    }
    let x1: number, x2: number, r2: number;
    do {
      x1 = 2 * this.random() - 1;
      x2 = 2 * this.random() - 1;
      r2 = x1 * x1 + x2 * x2;
    } while (r2 >= 1 || r2 === 0);
    const f = Math.sqrt(-2 * Math.log(r2) / r2);
    this.#spare = f * x1;
    return f * x2;
  }

  /**
   * 0 … n - 1 in random order: Fisher–Yates from the top.
   *
   * @throws {RangeError} If n is not a whole number >= 0.
   */
  permutation(n: number): Int32Array<ArrayBuffer> {
    if (!Number.isInteger(n) || n < 0) {
      throw new RangeError(
        `Cannot draw a permutation as n must be a whole number >= 0: current value is ${n}`,
      );
    }
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.#interval(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  /** A whole number in [0, max]: draws masked to max's bits until one fits. */
  #interval(max: number): number {
    if (max === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(max);
    for (;;) {
      const value = (this.#uint32() & mask) >>> 0;
      if (value <= max) return value;
    }
  }

  #uint32(): number {
    if (this.#next === N) this.#twist();
    return this.#tempered[this.#next++];
  }

  /** The next N words of the state, and what is handed out of them. */
  #twist(): void {
    const state = this.#state, tempered = this.#tempered;
    for (let i = 0, far = M, next = 1; i < N; i++) {
      const y = (state[i] & 0x80000000) | (state[next] & 0x7fffffff);
      const z = state[far] ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
      state[i] = z;
      tempered[i] = temper(z);
      if (++far === N) far = 0;
      if (++next === N) next = 0;
    }
    this.#next = 0;
  }
}

/** A word of the state as it is handed out. */
function temper(z: number): number {
  z ^= z >>> 11;
  z ^= (z << 7) & 0x9d2c5680;
  z ^= (z << 15) & 0xefc60000;
  return z ^ (z >>> 18);
}
