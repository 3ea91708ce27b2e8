import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { matrix } from "lib/numeric/mod.ts";
import { Adam, type AdamOptions } from "lib/training/mod.ts";
import { assertClose } from "../support/matrices.ts";

const start = [1, -2, 0.5];
// A gradient below ε, one that turns round, zeros, and one that comes late.
const gradients = [[0.1, -2, 1e-9], [0.3, 1, 0], [-0.2, 0.5, -1e-9], [0.1, 0.25, 4]];

// From NumPy 2.4.6, by Algorithm 1 of the paper on whole arrays:
//   m = b1*m + (1-b1)*g; v = b2*v + (1-b2)*g*g
//   theta = theta - lr * (m/(1-b1**t)) / (sqrt(v/(1-b2**t)) + eps)
const sequences: [AdamOptions, number[][]][] = [
  [{}, [
    [0.9970000003, -1.997000000015, 0.49972727272727274],
    [0.9942466570661678, -1.996200988901073, 0.49959455002845465],
    [0.9934729456866939, -1.9960168223140902, 0.4996139955208489],
    [0.9924101796781254, -1.9960562072288992, 0.49787061044305797],
  ]],
  [{ lr: 0.1, beta1: 0.5, beta2: 0.75, epsilon: 0.01 }, [
    [0.9090909090909091, -1.900497512437811, 0.499999990000001],
    [0.8142548944552312, -1.900497512437811, 0.4999999866666679],
    [0.8204344723018363, -1.924396698890321, 0.49999999095238185],
    [0.7966541899030202, -1.9519967185269378, 0.4121713629475999],
  ]],
];

for (const [options, expected] of sequences) {
  Deno.test(`Adam ${JSON.stringify(options)} takes the steps of its algorithm, as NumPy does`, () => {
    const adam = new Adam(options);
    const params = { w: matrix(1, 3, start) };
    gradients.forEach((g, t) => {
      adam.step(params, { w: matrix(1, 3, g) });
      assertClose(params.w.data, expected[t], 1e-15, `step ${t + 1}`);
    });
  });
}

Deno.test("Adam's first step is the learning rate against the gradient's sign, whatever its size", () => {
  for (const g of [1e-3, 1, 1e6, -1e3]) {
    const params = { w: matrix(1, 1) };
    new Adam({ lr: 0.01 }).step(params, { w: matrix(1, 1, [g]) });
    assertAlmostEquals(params.w.data[0], -0.01 * Math.sign(g), 1e-6);
  }
});

Deno.test("Adam keeps means of its own for every weight, and gradients as they are", () => {
  const together = { a: matrix(1, 1, [1]), b: matrix(1, 2, [2, 3]) };
  const alone = { b: matrix(1, 2, [2, 3]) };
  const one = new Adam(), other = new Adam();
  for (const g of [1, -2, 3]) {
    const grads = { a: matrix(1, 1, [5 * g]), b: matrix(1, 2, [g, 2 * g]) };
    one.step(together, grads);
    assertEquals([...grads.a.data, ...grads.b.data], [5 * g, g, 2 * g]);
    other.step(alone, { b: grads.b });
  }
  assertEquals(together.b, alone.b);
});

Deno.test("Adam names the setting that is out of range", () => {
  const cases: [AdamOptions, string][] = [
    [{ lr: 0 }, "lr must be > 0: current value is 0"],
    [{ lr: NaN }, "lr must be > 0: current value is NaN"],
    [{ lr: Infinity }, "lr must be > 0: current value is Infinity"],
    [{ beta1: 1 }, "beta1 must be from 0 to below 1: current value is 1"],
    [{ beta2: -0.1 }, "beta2 must be from 0 to below 1: current value is -0.1"],
    [{ epsilon: 0 }, "epsilon must be > 0: current value is 0"],
  ];
  for (const [options, message] of cases) {
    assertThrows(() => new Adam(options), RangeError, message);
  }
});

Deno.test("Adam names the weight whose gradient is missing or misshaped", () => {
  const params = { W: matrix(2, 1), b: matrix(1, 1) };
  assertThrows(
    () => new Adam().step(params, { W: matrix(2, 1) }),
    RangeError,
    '"b" of shape [1, 1]',
  );
  assertThrows(
    () => new Adam().step(params, { W: matrix(1, 2), b: matrix(1, 1) }),
    RangeError,
    '"W" must have shape [2, 1]: it has [1, 2]',
  );
});
