// Over arrays of n doubles (n a multiple of 8), for the test that holds their errors.

import { exp } from "./exp";
import { log, logPairs, onePlusExps } from "./log";
import { squash4 } from "./squash";

export function expAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 16) v128.store(out + at, exp(v128.load(x + at)));
}

/** log(1 + exp(x) + exp(x)) - what the full sum uses. */
export function logOnePlusExpsAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 32) {
    const a = v128.load(x + at), b = v128.load(x + at, 16);
    v128.store(out + at, a);
    v128.store(out + at, b, 16);
    onePlusExps(out + at, x + at);
    logPairs(out + at, v128.load(out + at), v128.load(out + at, 16), f64x2.splat(0));
  }
}

export function logAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 16) v128.store(out + at, log(v128.load(x + at)));
}

export function sigmoidAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 64) {
    const a = v128.load(x + at), b = v128.load(x + at, 16);
    const c = v128.load(x + at, 32), d = v128.load(x + at, 48);
    const to = out + at;
    squash4(to, a, false, to + 16, b, false, to + 32, c, false, to + 48, d, false);
  }
}

export function tanhAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 64) {
    const a = v128.load(x + at), b = v128.load(x + at, 16);
    const c = v128.load(x + at, 32), d = v128.load(x + at, 48);
    const to = out + at;
    squash4(to, a, true, to + 16, b, true, to + 32, c, true, to + 48, d, true);
  }
}
