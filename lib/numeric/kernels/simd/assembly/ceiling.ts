/**
 * What the machine can do with these instructions: 12 independent chains of fused c ← c · a + b on
 * pairs of doubles, in registers alone: 48 floating-point operations per round.
 */
export function multiplyAdd(rounds: i32, a: f64, b: f64): f64 {
  const x = f64x2.splat(a), y = f64x2.splat(b);
  let c0 = x, c1 = x, c2 = x, c3 = x, c4 = x, c5 = x;
  let c6 = x, c7 = x, c8 = x, c9 = x, c10 = x, c11 = x;
  c0 = f64x2.splat(1); c1 = f64x2.splat(2); c2 = f64x2.splat(3); c3 = f64x2.splat(4);
  c4 = f64x2.splat(5); c5 = f64x2.splat(6); c6 = f64x2.splat(7); c7 = f64x2.splat(8);
  c8 = f64x2.splat(9); c9 = f64x2.splat(10); c10 = f64x2.splat(11); c11 = f64x2.splat(12);
  for (let i = 0; i < rounds; i++) {
    c0 = f64x2.relaxed_madd(c0, x, y);
    c1 = f64x2.relaxed_madd(c1, x, y);
    c2 = f64x2.relaxed_madd(c2, x, y);
    c3 = f64x2.relaxed_madd(c3, x, y);
    c4 = f64x2.relaxed_madd(c4, x, y);
    c5 = f64x2.relaxed_madd(c5, x, y);
    c6 = f64x2.relaxed_madd(c6, x, y);
    c7 = f64x2.relaxed_madd(c7, x, y);
    c8 = f64x2.relaxed_madd(c8, x, y);
    c9 = f64x2.relaxed_madd(c9, x, y);
    c10 = f64x2.relaxed_madd(c10, x, y);
    c11 = f64x2.relaxed_madd(c11, x, y);
  }
  const sum = f64x2.add(
    f64x2.add(f64x2.add(f64x2.add(c0, c1), f64x2.add(c2, c3)), f64x2.add(c4, c5)),
    f64x2.add(f64x2.add(f64x2.add(c6, c7), f64x2.add(c8, c9)), f64x2.add(c10, c11)),
  );
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Whether relaxed_madd rounds once: (1 + ε)(1 - ε) - 1 is -ε², and 0 where it rounds twice. */
export function isFused(): bool {
  const e: f64 = 1.0 / 268435456.0;
  const x = f64x2.relaxed_madd(f64x2.splat(1 + e), f64x2.splat(1 - e), f64x2.splat(-1));
  return f64x2.extract_lane(x, 0) === -e * e;
}
