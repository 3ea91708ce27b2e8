import { assert, assertEquals } from "@std/assert";
import { RandomState } from "lib/numeric/mod.ts";
import { vectorMath } from "lib/numeric/kernels/simd/mod.ts";
import * as exact from "./exact.ts";

const rng = new RandomState(11);
const uniform = (n: number, lo: number, hi: number) =>
  Array.from({ length: n }, () => rng.uniform(lo, hi));
/** ±2^p · [1, 2) */
const ofAllSizes = (n: number, lo: number, hi: number) =>
  Array.from({ length: n }, () => {
    const sign = rng.random() < 0.5 ? -1 : 1;
    return sign * rng.uniform(1, 2) * 2 ** rng.randint(lo, hi);
  });
const denormals = [5e-324, -5e-324, 1e-320, -1e-310, 2.2250738585072014e-308, 2.225e-308];
const edges = [0, -0, 1, -1, 0.5, -0.5, Math.LN2 / 2, -Math.LN2 / 2, 1.5 * Math.LN2, ...denormals];

/** log of the least normal double: where results would be denormal, they are 0. */
const LOWEST = -708.3964185322641;

function worstError(
  f: (x: Float64Array) => Float64Array,
  oracle: (x: number) => ReturnType<typeof exact.exp>,
  inputs: readonly number[],
): number {
  const outputs = f(Float64Array.from(inputs));
  let worst = 0;
  inputs.forEach((x, i) => {
    const error = exact.ulpError(outputs[i], oracle(x));
    assert(error < 4, `at ${x} it gives ${outputs[i]}, ${error} ulp off`);
    worst = Math.max(worst, error);
  });
  return worst;
}

Deno.test("the oracle counts the error of a double in ulp", () => {
  assert(exact.ulpError(Math.exp(1), exact.exp(1)) < 1);
  assert(Math.abs(exact.ulpError(Math.E + 2 ** -51, exact.exp(1)) - 1) < 0.5);
  assert(exact.ulpError(Math.log(3), exact.log(3)) < 1);
  assert(exact.ulpError(Math.tanh(0.3), exact.tanh(0.3)) < 2);
  assert(exact.ulpError(0.5, exact.sigmoid(0)) === 0);
});

Deno.test("vector exp is within 1.1 ulp wherever the result is a normal double below 2^1023", () => {
  const inputs = [
    ...edges,
    ...uniform(6000, -1, 1),
    ...uniform(6000, LOWEST, 709.08),
    ...uniform(2000, LOWEST, -708),
    ...ofAllSizes(2000, -60, 9),
    LOWEST,
    709.0895657128241,
  ];
  const worst = worstError(vectorMath.exp, exact.exp, inputs);
  assert(worst <= 1.1, `worst error ${worst} ulp`);
});

Deno.test("vector exp keeps NaN, overflows to Infinity and underflows to 0 without denormals", () => {
  const values = vectorMath.exp(
    Float64Array.of(Infinity, -Infinity, NaN, 709.783, 1e300, -1e300, -0, -708.4, -745),
  );
  assertEquals([...values], [Infinity, 0, NaN, Infinity, Infinity, 0, 1, 0, 0]);
});

Deno.test("vector log is within 0.9 ulp from the least denormal to the greatest double", () => {
  const inputs = [
    ...edges.filter((x) => x > 0),
    ...uniform(6000, 0.5, 2),
    ...uniform(2000, 0.99, 1.01),
    ...ofAllSizes(6000, -1074, 1023).map(Math.abs).filter((x) => x > 0),
    Number.MAX_VALUE,
  ];
  const worst = worstError(vectorMath.log, exact.log, inputs);
  assert(worst <= 0.9, `worst error ${worst} ulp`);
});

Deno.test("vector log of what has none is -Infinity, NaN or Infinity, as Math.log's", () => {
  const inputs = [0, -0, -1, -Infinity, Infinity, NaN, -5e-324];
  assertEquals([...vectorMath.log(Float64Array.from(inputs))], inputs.map(Math.log));
});

Deno.test("vector sigmoid is within 2.3 ulp wherever the result is a normal double", () => {
  const inputs = [
    ...edges,
    ...uniform(6000, -2, 2),
    ...uniform(12_000, -40, 40),
    ...uniform(3000, LOWEST, -700),
    ...ofAllSizes(2000, -60, 9),
  ];
  const worst = worstError(vectorMath.sigmoid, exact.sigmoid, inputs);
  assert(worst <= 2.3, `worst error ${worst} ulp`);
});

Deno.test("vector sigmoid ends at 0 and 1, and keeps NaN", () => {
  const values = vectorMath.sigmoid(
    Float64Array.of(Infinity, -Infinity, NaN, 1e300, -1e300, 0, -0),
  );
  assertEquals([...values], [1, 0, NaN, 1, 0, 0.5, 0.5]);
});

Deno.test("vector tanh is within 2.7 ulp, at denormals exact", () => {
  const inputs = [
    ...edges,
    ...uniform(6000, -1, 1),
    ...uniform(6000, -25, 25),
    ...ofAllSizes(4000, -1074, 9),
  ];
  const worst = worstError(vectorMath.tanh, exact.tanh, inputs);
  assert(worst <= 2.7, `worst error ${worst} ulp`);
  assertEquals([...vectorMath.tanh(Float64Array.from(denormals))], denormals);
});

Deno.test("vector tanh ends at -1 and 1, and keeps NaN and the sign of 0", () => {
  const inputs = [Infinity, -Infinity, NaN, 1e300, -1e300, 0, -0];
  assertEquals([...vectorMath.tanh(Float64Array.from(inputs))], inputs.map(Math.tanh));
});
