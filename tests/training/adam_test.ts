import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { copyParams, matrix } from "lib/numeric/mod.ts";
import { Adam, type AdamOptions } from "lib/training/mod.ts";
import { assertClose } from "../support/matrices.ts";

const start = [1, -2, 0.5];
// A gradient below ε, one that turns round, zeros, and one that comes late.
const gradients = [[0.1, -2, 1e-9], [0.3, 1, 0], [-0.2, 0.5, -1e-9], [0.1, 0.25, 4]];

// From NumPy 2.4.6, by Algorithm 1 of the paper on whole arrays:
//   m = b1*m + (1-b1)*g; v = b2*v + (1-b2)*g*g
//   theta = theta - lr * (m/(1-b1**t)) / (sqrt(v/(1-b2**t)) + eps)
// and, with weight decay wd, by Algorithm 2 of AdamW:
//   theta = theta - lr * ((m/(1-b1**t)) / (sqrt(v/(1-b2**t)) + eps) + wd * theta)
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
  [{ weightDecay: 0.1 }, [
    [0.9967000002999999, -1.996400000015, 0.4995772727272727],
    [0.9936476470660777, -1.9950020689010683, 0.4992946768466364],
    [0.9925758413924839, -1.9942194016934152, 0.49916433393597665],
    [0.9912153026314977, -1.993660520787716, 0.4972711995580049],
  ]],
  [{ lr: 0.1, beta1: 0.5, beta2: 0.75, epsilon: 0.01, weightDecay: 0.5 }, [
    [0.8590909090909091, -1.8004975124378109, 0.474999990000001],
    [0.7213003490006858, -1.7104726368159202, 0.4512499871666678],
    [0.6914149093972566, -1.6488481914276343, 0.42868749209404833],
    [0.6330638815285776, -1.5940058014928695, 0.319424489484564],
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

Deno.test("weight decay takes lr · λ off every weight and bias, whatever the gradient, and at 0 nothing", () => {
  const stepped = (weightDecay: number | undefined, gradient: number) => {
    const params = { W: matrix(1, 2, [1, -4]), b: matrix(1, 1, [2]) };
    const grads = { W: matrix(1, 2, [gradient, gradient]), b: matrix(1, 1, [gradient]) };
    new Adam({ lr: 0.1, weightDecay }).step(params, grads);
    return [...params.W.data, ...params.b.data];
  };
  assertClose(Float64Array.from(stepped(0.5, 0)), [0.95, -3.8, 1.9], 1e-15);
  // The first step of the gradient is lr long: 0.95 - 0.1, -3.8 - 0.1, 1.9 - 0.1.
  assertClose(Float64Array.from(stepped(0.5, 5)), [0.85, -3.9, 1.8], 1e-9);
  assertEquals(stepped(0, 5), stepped(undefined, 5));
  const scheduled = { W: matrix(1, 1, [1]) };
  new Adam({ lr: 0.1, weightDecay: 0.5 }).step(scheduled, { W: matrix(1, 1) }, 0.02);
  assertClose(scheduled.W.data, [0.99], 1e-15); // by the rate of the step
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
    [{ weightDecay: -0.1 }, "weightDecay must be >= 0: current value is -0.1"],
    [{ weightDecay: NaN }, "weightDecay must be"],
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
  const adam = new Adam(), turned = { W: matrix(1, 2), b: matrix(1, 1) };
  adam.step(params, params);
  const grads = { W: matrix(1, 2, [1, 1]), b: matrix(1, 1, [1]) };
  assertThrows(() => adam.step(turned, grads), RangeError, '"W" must have shape [1, 2]');
  assertEquals([turned, adam.getState().steps], [{ W: matrix(1, 2), b: matrix(1, 1) }, 1]);
});

Deno.test("Adam goes on from the state of another as that one does, and shares no array with it", () => {
  const params = () => ({ W: matrix(1, 2, [1, -2]), b: matrix(1, 1, [0.5]) });
  const gradients = [[3, -0.1], [-0.2, 5], [1, 1]].map(([a, b]) => ({
    W: matrix(1, 2, [a, b]),
    b: matrix(1, 1, [a * b]),
  }));
  const one = new Adam(), theta = params();
  one.step(theta, gradients[0]);
  const other = new Adam(), copied = copyParams(theta);
  other.setState(one.getState());
  for (const gradient of gradients.slice(1)) {
    one.step(theta, gradient);
    other.step(copied, gradient);
  }
  assertEquals(copied, theta);
  assertEquals(other.getState(), one.getState());
  assertEquals(new Adam().getState(), { steps: 0, moments: { mean: {}, square: {} } });
});
