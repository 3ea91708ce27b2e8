import { convert } from "./vectors";

/** Columns from one matrix to another; the plain twin has the formula. */
export function copyColumns(
  to: usize,
  toCols: i32,
  toAt: i32,
  from: usize,
  fromCols: i32,
  fromAt: i32,
  n: i32,
  offsets: usize,
  B: i32,
  reverse: bool,
): void {
  const fromStep = fromCols << 3, toStep = reverse ? -(toCols << 3) : toCols << 3;
  from += fromAt << 3;
  for (let b = 0; b < B; b++, offsets += 4) {
    const start = load<i32>(offsets), end = load<i32>(offsets, 4);
    let place = to + ((reverse ? end - 1 : start) * toCols + toAt << 3);
    for (let t = start; t < end; t++, from += fromStep, place += toStep) {
      convert<f64>(place, from, n);
    }
  }
}
