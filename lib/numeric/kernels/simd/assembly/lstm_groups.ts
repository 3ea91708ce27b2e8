// What the passes of the LSTM have in common, which runs over sequences laid end to end; the plain twin
// has the formulas.
// Sequences are taken in groups of at most GROUP, longest first: at each step those still running
// share one pass over the weights, which are packed into panels beforehand. T is f64, or f32 where
// products and activations are in single precision; arrays that come and go are of doubles, but for
// gates, c and tanhC, which only the way back reads: they are of T, row after row.

/** Most sequences that are on their way together. */
export const GROUP: i32 = 32;

// @ts-ignore: decorator
@inline
export function get(at: usize, pair: bool): v128 {
  return pair ? v128.load(at) : v128.load_zero<f64>(at);
}

/** Two numbers of T as doubles, or the last one. */
// @ts-ignore: decorator
@inline
export function kept<T>(at: usize, pair: bool): v128 {
  if (sizeof<T>() === 8) return get(at, pair);
  return f64x2.promote_low_f32x4(pair ? v128.load_zero<u64>(at) : v128.load_zero<u32>(at));
}

// @ts-ignore: decorator
@inline
export function put(at: usize, value: v128, pair: bool): void {
  if (pair) v128.store(at, value);
  else v128.store_lane<f64>(at, value, 0);
}

// @ts-ignore: decorator
@inline
export function offsetAt(offsets: usize, b: i32): i32 {
  return load<i32>(offsets + (b << 2));
}

/** order[0 … B) = the sequences, longest first, in their own order where equally long. */
export function sortByLength(order: usize, offsets: usize, B: i32): void {
  for (let b = 0; b < B; b++) {
    const length = lengthOf(offsets, b);
    let at = b;
    for (; at > 0; at--) {
      const before = load<i32>(order + (at - 1 << 2));
      if (lengthOf(offsets, before) >= length) break;
      store<i32>(order + (at << 2), before);
    }
    store<i32>(order + (at << 2), b);
  }
}

// @ts-ignore: decorator
@inline
function lengthOf(offsets: usize, b: i32): i32 {
  return offsetAt(offsets, b + 1) - offsetAt(offsets, b);
}

/** How many of the `most` sequences order[at …] have more than t frames; they come first. */
// @ts-ignore: decorator
@inline
export function running(order: usize, at: i32, most: i32, offsets: usize, t: i32): i32 {
  let n = most;
  while (n > 0 && lengthOf(offsets, offsetAt(order, at + n - 1)) <= t) n--;
  return n;
}
