/** Accumulators of the loop: enough to hide the latency, few enough to stay in registers. */
const CHAINS = 12;
/** How often the loop's body is written out. */
const UNROLLED = 4;

/** Floating-point operations of one turn of the loop: two lanes, a fused multiply–add each. */
export const operationsPerTurn: number = 2 * 2 * CHAINS * UNROLLED;

/** A register-only loop of fused multiply–adds in WebAssembly SIMD: no memory, nothing to wait for. */
export interface Ceiling {
  /**
   * Runs `turns` >= 1 turns of acc ← acc · x + y on every lane of every accumulator, from 0, and
   * gives the sum of the lanes.
   */
  run(turns: number, x: number, y: number): number;
}

/**
 * Compiles the loop. What it reaches, in floating-point operations per second, is what WebAssembly's
 * vectors of two doubles can reach on this machine.
 *
 * @example
 * ```ts
 * import { ceiling } from "./ceiling.ts";
 * ceiling().run(1, 0.5, 1); // 24 lanes, each 1 + 1/2 + 1/4 + 1/8
 * ```
 */
export function ceiling(): Ceiling {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble()));
  return exports as unknown as Ceiling;
}

/**
 * The module's bytes: one function `run(turns: i32, x: f64, y: f64): f64`.
 *
 * Source: WebAssembly Core Specification 3.0, section 5, binary format.
 */
export function assemble(): Uint8Array<ArrayBuffer> {
  const i32 = 0x7f, f64 = 0x7c, v128 = 0x7b;
  const [turns, x, y, xx, yy] = [0, 1, 2, 3, 4];
  const chains = Array.from({ length: CHAINS }, (_, n) => 5 + n);
  const get = (local: number) => [0x20, local], set = (local: number) => [0x21, local];
  const simd = (opcode: number) => [0xfd, ...leb128(opcode)];
  const [splat, add, fused] = [simd(0x14), simd(0xf0), simd(0x107)];
  const lane = (n: number) => [...simd(0x21), n];

  const body = chains.flatMap((a) => [...get(a), ...get(xx), ...get(yy), ...fused, ...set(a)]);
  const code = [
    ...[...get(x), ...splat, ...set(xx)],
    ...[...get(y), ...splat, ...set(yy)],
    ...[0x03, 0x40], // loop
    ...Array.from({ length: UNROLLED }, () => body).flat(),
    ...[...get(turns), 0x41, 1, 0x6b, 0x22, turns], // turns - 1, kept
    ...[0x0d, 0, 0x0b], // branch back if not 0, end of loop
    ...get(chains[0]),
    ...chains.slice(1).flatMap((a) => [...get(a), ...add]),
    ...set(xx),
    ...[...get(xx), ...lane(0), ...get(xx), ...lane(1), 0xa0], // f64 sum of both lanes
    0x0b,
  ];
  const locals = [1, ...leb128(2 + CHAINS), v128];
  const section = (id: number, bytes: number[]) => [id, ...sized(bytes)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 3, i32, f64, f64, 1, f64]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...sized([..."run"].map((letter) => letter.charCodeAt(0))), 0x00, 0]),
    ...section(10, [1, ...sized([...locals, ...code])]),
  ]);
}

function sized(bytes: readonly number[]): number[] {
  return [...leb128(bytes.length), ...bytes];
}

/** An unsigned whole number, seven bits at a time, the lowest first. */
function leb128(n: number): number[] {
  return n < 0x80 ? [n] : [n & 0x7f | 0x80, ...leb128(n >>> 7)];
}
