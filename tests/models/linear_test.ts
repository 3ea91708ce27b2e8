import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { linear } from "lib/models/mod.ts";
import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
import { assertMatrixClose, randomMatrix } from "../support/matrices.ts";

const size = fc.integer({ min: 1, max: 11 });

Deno.test("linear() equals y = x W + b and its gradients, written as three plain loops", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 1), size, size, size, (seed, T, D, K) => {
      const rng = new RandomState(seed);
      const x = randomMatrix(rng, T, D), W = randomMatrix(rng, D, K), b = randomMatrix(rng, 1, K);
      const dy = randomMatrix(rng, T, K);
      const y = matrix(T, K), dx = matrix(T, D), dW = matrix(D, K), db = matrix(1, K);
      for (let t = 0; t < T; t++) {
        for (let k = 0; k < K; k++) {
          const at = t * K + k;
          y.data[at] = b.data[k];
          db.data[k] += dy.data[at];
          for (let d = 0; d < D; d++) {
            y.data[at] += x.data[t * D + d] * W.data[d * K + k];
            dx.data[t * D + d] += dy.data[at] * W.data[d * K + k];
            dW.data[d * K + k] += x.data[t * D + d] * dy.data[at];
          }
        }
      }
      const layer = linear(D, K);
      const forward = layer.forward({ W, b }, sequences([x]));
      const back = layer.backward({ W, b }, forward.cache, sequences([dy]));
      assertMatrixClose(forward.y.frames, y, 1e-13, "y");
      assertMatrixClose(back.dx().frames, dx, 1e-13, "dx");
      assertMatrixClose(back.grads.W, dW, 1e-13, "dW");
      assertMatrixClose(back.grads.b, db, 1e-13, "db");
    }),
  );
});

Deno.test("linear() names a wrong width, a missing weight, a misshaped one and a wrong size", () => {
  const layer = linear(3, 2), params = layer.init(new RandomState(0));
  const x = sequences([matrix(1, 3)]);
  assertThrows(
    () => layer.forward(params, sequences([matrix(1, 2)])),
    RangeError,
    "linear(3, 2) as its frames must have 3 values: they have 2",
  );
  assertThrows(
    () => layer.backward(params, { x }, x),
    RangeError,
    "backwards as its frames must have 2 values",
  );
  assertThrows(
    () => layer.forward({ W: params.W }, x),
    RangeError,
    'the weight "b" of shape [1, 2]: there are "W"',
  );
  assertThrows(
    () => layer.forward({ ...params, W: matrix(2, 3) }, x),
    RangeError,
    "[3, 2]: it has [2, 3]",
  );
  assertThrows(
    () => linear(3, -2),
    RangeError,
    "K must be a whole number >= 1: current value is -2",
  );
});

Deno.test("linear() init: Gaussian weights of deviation 1/√D, no bias", () => {
  const { W, b } = linear(25, 400).init(new RandomState(1));
  const squares = W.data.reduce((sum, w) => sum + w * w, 0) / W.data.length;
  assertMatrixClose(matrix(1, 1, [squares]), matrix(1, 1, [1 / 25]), 0.002);
  assertEquals(b, matrix(1, 400));
});
