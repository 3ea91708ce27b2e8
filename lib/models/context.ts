import type { Allocate, RandomState } from "../numeric/mod.ts";

/** How a layer or a system runs: where matrices live, and whether and by what chance it trains. */
export interface Context {
  /** Gives the matrices of results and caches; defaults to the heap. */
  readonly alloc?: Allocate;
  /** Whether this is a step of training, where dropout is on; defaults to false. */
  readonly training?: boolean;
  /** Where chance comes from while training; defaults to none. */
  readonly rng?: RandomState;
}

/**
 * The stream of a context, for a layer that needs chance while training.
 *
 * @throws {TypeError} If there is none.
 */
export function requireRng(layer: string, { rng }: Context): RandomState {
  if (rng !== undefined) return rng;
  throw new TypeError(`Cannot train ${layer} as its context must have an rng: it is missing`);
}
