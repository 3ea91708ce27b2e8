import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { additiveAttention, selfAttention } from "lib/models/mod.ts";
import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
import { randomParams } from "../support/layers.ts";
import {
  assertClose,
  centralDifferences,
  randomMatrix,
  randomSequences,
} from "../support/matrices.ts";

Deno.test("selfAttention() without positions gives shuffled frames shuffled outputs, with them not", () => {
  const x = randomSequences(new RandomState(1), [6], 4), order = [3, 0, 5, 1, 4, 2];
  const rows = (m: Float64Array) => order.flatMap((t) => [...m.subarray(4 * t, 4 * t + 4)]);
  const shuffled = sequences([matrix(6, 4, rows(x.frames.data))]);
  for (const relative of [false, true]) {
    const layer = selfAttention(4, 2, { relative }), params = randomParams(layer, 2);
    const [y, z] = [x, shuffled].map((input) => layer.forward(params, input).y.frames.data);
    const apart = Math.max(...rows(y).map((value, i) => Math.abs(value - z[i])));
    assert(relative ? apart > 1e-3 : apart < 1e-12, `${apart}`);
  }
});

Deno.test("relative positions score a frame by its distance and nothing else, to the formula", () => {
  // One head, no content: q = k = 0, so that the score of s for t is v · Wr' r(t - s) / √D.
  const D = 4, T = 5, layer = selfAttention(D, 1, { relative: true });
  const params = randomParams(layer, 3);
  for (const name of ["Wq", "Wk", "bq", "bk", "bv", "bo"]) params[name].data.fill(0);
  const x = randomSequences(new RandomState(4), [T, 2], D);
  const { cache } = layer.forward(params, x);
  const wave = (d: number) =>
    Array.from({ length: D }, (_, j) => {
      const angle = d / 10000 ** (2 * Math.floor(j / 2) / D);
      return j % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    });
  const score = (d: number) => {
    let sum = 0;
    wave(d).forEach((w, i) => {
      for (let j = 0; j < D; j++) sum += w * params.Wr.data[i * D + j] * params.v.data[j];
    });
    return sum / Math.sqrt(D);
  };
  [T, 2].forEach((length, b) => {
    for (let t = 0; t < length; t++) {
      const powers = Array.from({ length }, (_, s) => Math.exp(score(t - s)));
      const total = powers.reduce((a, b) => a + b);
      const row = cache.attended[b].data.subarray(t * length, (t + 1) * length);
      assertClose(row, powers.map((power) => power / total), 1e-12);
    }
  });
});

Deno.test("what every frame attends to sums to 1, at huge scores too", () => {
  const layer = selfAttention(4, 2, { relative: true }), params = randomParams(layer, 1);
  const x = sequences([matrix(3, 4, Array.from({ length: 12 }, (_, i) => 1e100 * (i % 5 - 2)))]);
  const { y, cache } = layer.forward(params, x);
  assert(y.frames.data.every(Number.isFinite));
  assertEquals(cache.attended.length, 2);
  for (const p of cache.attended) {
    for (let t = 0; t < 3; t++) {
      assertAlmostEquals(p.data.subarray(3 * t, 3 * t + 3).reduce((a, b) => a + b), 1);
    }
  }
});

Deno.test("selfAttention() names the size that is out of range, and the weight that is missing", () => {
  assertThrows(() => selfAttention(0, 1), RangeError, "D must be a whole number >= 1");
  assertThrows(() => selfAttention(4, 0), RangeError, "heads must be a whole number >= 1");
  assertThrows(
    () => selfAttention(4, 3),
    RangeError,
    "heads must divide D = 4: current value is 3",
  );
  const layer = selfAttention(4, 2, { relative: true });
  const params = layer.init(new RandomState(0)), x = randomSequences(new RandomState(1), [3], 4);
  for (const name of Object.keys(params)) {
    const { [name]: _, ...others } = params;
    assertThrows(() => layer.forward(others, x), RangeError, `the weight "${name}" of shape`);
  }
});

Deno.test("additiveAttention(): every gradient agrees with differences, of several queries too", () => {
  const [Q, D, A, T, n] = [3, 4, 5, 6, 2], layer = additiveAttention(Q, D, A);
  const rng = new RandomState(1), params = layer.init(rng);
  for (let a = 0; a < A; a++) params.b.data[a] = rng.randn();
  const h = randomMatrix(rng, T, D), q = randomMatrix(rng, n, Q), w = randomMatrix(rng, n, D);
  const loss = () =>
    layer.forward(params, h, q).y.data.reduce((sum, y, i) => sum + w.data[i] * y + y * y / 2, 0);
  const { y, cache } = layer.forward(params, h, q);
  const dy = matrix(n, D, y.data.map((value, i) => value + w.data[i]));
  const { grads, dh, dq } = layer.backward(params, cache, dy);
  const all = [[h, dh], [q, dq], ...Object.keys(params).map((key) => [params[key], grads[key]])];
  for (const [value, gradient] of all) {
    const expected = centralDifferences(loss, value.data);
    assertClose(gradient.data, expected, 1e-9);
  }
});

Deno.test("additiveAttention(): a query alone or among others hears the same", () => {
  const layer = additiveAttention(2, 3, 4), rng = new RandomState(2), params = layer.init(rng);
  const h = randomMatrix(rng, 5, 3), q = randomMatrix(rng, 3, 2);
  const { y, weights } = layer.forward(params, h, q);
  for (let i = 0; i < 3; i++) {
    const one = layer.forward(params, h, matrix(1, 2, q.data.slice(2 * i, 2 * i + 2)));
    assertEquals(one.y.data, y.data.slice(3 * i, 3 * i + 3));
    assertEquals(one.weights.data, weights.data.slice(5 * i, 5 * i + 5));
    assertLess(Math.abs(one.weights.data.reduce((a, b) => a + b) - 1), 1e-12);
  }
});

Deno.test("additiveAttention() names the size or shape that is wrong", () => {
  assertThrows(() => additiveAttention(0, 1, 1), RangeError, "Q must be a whole number >= 1");
  assertThrows(() => additiveAttention(1, 1, 0.5), RangeError, "A must be a whole number >= 1");
  const layer = additiveAttention(2, 3, 4), params = layer.init(new RandomState(0));
  const [h, q] = [matrix(5, 3), matrix(1, 2)];
  const { cache } = layer.forward(params, h, q);
  assertThrows(
    () => layer.forward(params, matrix(0, 3), q),
    RangeError,
    "frames must be at least 1",
  );
  assertThrows(() => layer.forward(params, matrix(5, 2), q), RangeError, "row of 3 values");
  assertThrows(() => layer.forward(params, h, matrix(1, 3)), RangeError, "queries must be");
  assertThrows(() => layer.backward(params, cache, matrix(2, 3)), RangeError, "1 of them");
});
