import { assert } from "@std/assert";
import type { Kernels } from "lib/numeric/kernels/mod.ts";
import * as plain from "lib/numeric/kernels/plain/mod.ts";
import { arena, simd } from "lib/numeric/kernels/simd/mod.ts";
import type { RandomState } from "lib/numeric/mod.ts";

// Each kernel runs as both twins on the same random numbers. The SIMD twin runs twice: on arrays of
// the heap, which it copies, and on arrays in its own memory.

/** |actual - expected| <= 1e-12 · the largest expected size, or `least` where that is larger. */
function assertAgree(
  actual: Float64Array,
  expected: Float64Array,
  what: string,
  least: number,
): void {
  let size = least;
  for (let i = 0; i < expected.length; i++) {
    if (Number.isFinite(expected[i])) size = Math.max(size, Math.abs(expected[i]));
  }
  let apart = -1;
  for (let i = 0; i < expected.length && apart < 0; i++) {
    const [x, y] = [expected[i], actual[i]];
    if (!Object.is(y, x) && !(Math.abs(y - x) <= 1e-12 * size)) apart = i;
  }
  assert(
    apart < 0,
    `${what}: at ${apart} of ${expected.length} the SIMD twin has ${actual[apart]}, ` +
      `not ${expected[apart]}`,
  );
}

type Named = Record<string, Float64Array>;

/**
 * Runs `f` as both twins on copies of `arrays`, and compares what it leaves in all of them.
 *
 * @param least The size of what the results are differences of, where they may all be next to 0.
 */
export function compare<T extends Named>(
  arrays: T,
  f: (kernels: Kernels, arrays: T) => void,
  least = 0,
): void {
  const copies = (copy: (array: Float64Array) => Float64Array) =>
    Object.fromEntries(Object.entries(arrays).map(([name, a]) => [name, copy(a)])) as T;
  const expected = copies((a) => a.slice());
  f(plain, expected);
  const onHeap = copies((a) => a.slice());
  f(simd, onHeap);
  const mark = arena.mark();
  const inPlace = copies((a) => {
    const copy = new Float64Array(arena.buffer, arena.take(a.byteLength), a.length);
    copy.set(a);
    return copy;
  });
  f(simd, inPlace);
  arena.release(mark);
  for (const name of Object.keys(arrays)) {
    assertAgree(onHeap[name], expected[name], `${name} on the heap`, least);
    assertAgree(inPlace[name], expected[name], `${name} in place`, least);
  }
}

/** Gaussian values of the given deviation. */
export function gaussians(rng: RandomState, n: number, deviation = 1): Float64Array {
  return Float64Array.from({ length: n }, () => deviation * rng.randn());
}
