// Over arrays of n doubles (n a multiple of 16), for the test that holds their errors.

import { exp } from "./exp";
import { log, logPairs, onePlusExps } from "./log";
import { SIGMOIDS, squash8, TANHS } from "./squash";

export function expAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 16) v128.store(out + at, exp(v128.load(x + at)));
}

/** log(1 + exp(x) + exp(x)) */
export function logOnePlusExpsAll(out: usize, x: usize, n: i32): void {
  memory.copy(out, x, n << 3);
  for (let at = 0; at < n << 3; at += 32) {
    onePlusExps(out + at, x + at);
    logPairs(out + at, v128.load(out + at), v128.load(out + at, 16), f64x2.splat(0));
  }
}

export function logAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 16) v128.store(out + at, log(v128.load(x + at)));
}

export function sigmoidAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 128) squash8(out + at, 16, 64, x + at, SIGMOIDS);
}

export function tanhAll(out: usize, x: usize, n: i32): void {
  for (let at = 0; at < n << 3; at += 128) squash8(out + at, 16, 64, x + at, TANHS);
}
