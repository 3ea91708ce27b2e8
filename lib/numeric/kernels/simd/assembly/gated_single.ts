// ./gated in single precision, sixteen values at a time.

import { fromDoubles, squashSingles4, toDoubles } from "./single";

/** Sigmoids of the sixteen values at hand. */
const SIGMA: usize = memory.data(64, 64);
/** What is not as many, of up to three arrays. */
const LAST: usize = memory.data(384, 64);
const SECOND: usize = LAST + 128, THIRD: usize = LAST + 256;

// @ts-ignore: decorator
@inline
function sigmoids(x: usize): void {
  // repeat PART = 0 … 3
  v128.store(SIGMA, fromDoubles(x + PART * 32, 4), PART * 16);
  // end
  squashSingles4(SIGMA, 16, SIGMA, 0);
}

/** {@link swishForward}, in single precision. */
export function swishForwardSingle(y: usize, x: usize, n: i32): void {
  for (; n >= 16; n -= 16, y += 128, x += 128) swish16(y, x);
  if (n === 0) return;
  memory.copy(LAST, x, n << 3);
  swish16(LAST, LAST);
  memory.copy(y, LAST, n << 3);
}

function swish16(y: usize, x: usize): void {
  sigmoids(x);
  // repeat PART = 0 … 3
  toDoubles(y + PART * 32, f32x4.mul(fromDoubles(x + PART * 32, 4), v128.load(SIGMA, PART * 16)), 4);
  // end
}

/** {@link swishBackward}, in single precision. */
export function swishBackwardSingle(dx: usize, dy: usize, x: usize, n: i32): void {
  for (; n >= 16; n -= 16, dx += 128, dy += 128, x += 128) swishSlopes16(dx, dy, x);
  if (n === 0) return;
  memory.copy(LAST, dy, n << 3);
  memory.copy(SECOND, x, n << 3);
  swishSlopes16(LAST, LAST, SECOND);
  memory.copy(dx, LAST, n << 3);
}

function swishSlopes16(dx: usize, dy: usize, x: usize): void {
  const one = f32x4.splat(1);
  let s: v128, slope: v128;
  sigmoids(x);
  // repeat PART = 0 … 3
  s = v128.load(SIGMA, PART * 16);
  slope = f32x4.relaxed_madd(fromDoubles(x + PART * 32, 4), f32x4.sub(one, s), one);
  toDoubles(dx + PART * 32, f32x4.mul(f32x4.mul(fromDoubles(dy + PART * 32, 4), s), slope), 4);
  // end
}

/** {@link gluForward}, in single precision. */
export function gluForwardSingle(y: usize, x: usize, n: i32, m: i32): void {
  const whole = m & ~15, rest = (m & 15) << 3;
  for (let i = 0; i < n; i++) {
    const end = x + (whole << 3);
    for (; x < end; x += 128, y += 128) glu16(y, x, x + (m << 3));
    if (rest > 0) {
      memory.copy(LAST, x, rest);
      memory.copy(SECOND, x + (m << 3), rest);
      glu16(LAST, LAST, SECOND);
      memory.copy(y, LAST, rest);
    }
    x += rest + (m << 3);
    y += rest;
  }
}

function glu16(y: usize, a: usize, b: usize): void {
  sigmoids(b);
  // repeat PART = 0 … 3
  toDoubles(y + PART * 32, f32x4.mul(fromDoubles(a + PART * 32, 4), v128.load(SIGMA, PART * 16)), 4);
  // end
}

/** {@link gluBackward}, in single precision. */
export function gluBackwardSingle(dx: usize, dy: usize, x: usize, n: i32, m: i32): void {
  const whole = m & ~15, rest = (m & 15) << 3, bytes = m << 3;
  for (let i = 0; i < n; i++) {
    const end = x + (whole << 3);
    for (; x < end; dx += 128, dy += 128, x += 128) {
      gluSlopes16(dx, dx + bytes, dy, x, x + bytes);
    }
    if (rest > 0) {
      memory.copy(LAST, dy, rest);
      memory.copy(SECOND, x, rest);
      memory.copy(THIRD, x + bytes, rest);
      gluSlopes16(LAST, SECOND, LAST, SECOND, THIRD);
      memory.copy(dx, LAST, rest);
      memory.copy(dx + bytes, SECOND, rest);
    }
    x += rest + bytes;
    dx += rest + bytes;
    dy += rest;
  }
}

function gluSlopes16(da: usize, db: usize, dy: usize, a: usize, b: usize): void {
  let s: v128, d: v128, slope: v128;
  sigmoids(b);
  // repeat PART = 0 … 3
  s = v128.load(SIGMA, PART * 16);
  d = f32x4.mul(fromDoubles(dy + PART * 32, 4), s);
  slope = f32x4.mul(fromDoubles(a + PART * 32, 4), f32x4.sub(f32x4.splat(1), s));
  toDoubles(da + PART * 32, d, 4);
  toDoubles(db + PART * 32, f32x4.mul(d, slope), 4);
  // end
}
