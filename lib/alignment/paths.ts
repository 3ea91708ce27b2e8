import type { Topology } from "./topology.ts";

/**
 * All K^T label sequences of T frames, one label per frame, in the order of counting. For tiny T
 * and K: this is what forward–backward saves one from.
 *
 * @param T Number of frames, a whole number >= 1.
 * @param K Number of labels, a whole number >= 1.
 * @throws {RangeError} If T or K is no whole number >= 1.
 *
 * @example
 * ```ts
 * import { labelPaths } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...labelPaths(2, 2)], [[0, 0], [0, 1], [1, 0], [1, 1]]);
 * ```
 *
 * Source: Graves et al. 2006, section 3.1.
 */
export function* labelPaths(T: number, K: number): Generator<number[], void, void> {
  requireCount("frames", T);
  requireCount("labels", K);
  const path = new Array<number>(T).fill(0);
  for (let t = 0; t >= 0;) {
    yield path.slice();
    for (t = T - 1; t >= 0 && path[t] === K - 1; t--) path[t] = 0;
    if (t >= 0) path[t]++;
  }
}

/**
 * All paths through a topology that take one state per frame, from an initial state to a final one.
 * For tiny examples: their number grows like T^(S - 1).
 *
 * @param topology Any topology.
 * @param T Number of frames, a whole number >= 1.
 * @returns Per path the state of every frame; parallel arcs give the same path again.
 * @throws {RangeError} If T is no whole number >= 1.
 *
 * @example
 * ```ts
 * import { ctcTopology, statePaths } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * // ε a ε over two frames: εa, aa and aε.
 * assertEquals([...statePaths(ctcTopology([1]), 2)], [[0, 1], [1, 1], [1, 2]]);
 * ```
 */
export function* statePaths(topology: Topology, T: number): Generator<number[], void, void> {
  requireCount("frames", T);
  const { initial, final, outgoing: { start, state, logWeight } } = topology;
  const path: number[] = [];
  function* from(s: number): Generator<number[], void, void> {
    path.push(s);
    if (path.length === T) {
      if (final[s] > -Infinity) yield path.slice();
    } else {
      for (let a = start[s]; a < start[s + 1]; a++) {
        if (logWeight[a] > -Infinity) yield* from(state[a]);
      }
    }
    path.pop();
  }
  for (let s = 0; s < initial.length; s++) {
    if (initial[s] > -Infinity) yield* from(s);
  }
}

function requireCount(what: string, n: number): void {
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(
      `Cannot enumerate paths as the number of ${what} must be a whole number >= 1: ` +
        `current value is ${n}`,
    );
  }
}
