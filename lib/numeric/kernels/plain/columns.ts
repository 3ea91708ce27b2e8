/**
 * to[t', toAt … toAt + n) = from[t, fromAt … fromAt + n) for every frame t of sequences laid end to
 * end, where t' = t, or the frame as far from the sequence's end as t is from its start.
 *
 * @param to [N, toCols], whose other columns stay as they are
 * @param from [N, fromCols]
 * @param offsets [B + 1]
 * @param reverse Whether each sequence's last frame comes first.
 */
export function copyColumns(
  to: Float64Array,
  toCols: number,
  toAt: number,
  from: Float64Array,
  fromCols: number,
  fromAt: number,
  n: number,
  offsets: Int32Array,
  reverse: boolean,
): Float64Array {
  for (let b = 0; b + 1 < offsets.length; b++) {
    const start = offsets[b], end = offsets[b + 1];
    for (let t = start; t < end; t++) {
      const place = (reverse ? start + end - 1 - t : t) * toCols + toAt;
      const f = t * fromCols + fromAt;
      for (let j = 0; j < n; j++) to[place + j] = from[f + j];
    }
  }
  return to;
}
