import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { selfAttention } from "lib/models/mod.ts";
import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
import { randomParams } from "../support/layers.ts";
import { assertClose, randomSequences } from "../support/matrices.ts";

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
  const [p] = cache.attended;
  assertEquals([cache.attended.length, p.rows, p.cols], [1, 2 * 3, 3]);
  for (let row = 0; row < p.rows; row++) {
    assertAlmostEquals(p.data.subarray(3 * row, 3 * row + 3).reduce((a, b) => a + b), 1);
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

Deno.test("selfAttention() draws Wq, Wk, Wv, Wo and Wr at 1/√D, and starts all else at 0", () => {
  const D = 4, rng = new RandomState(5);
  const { Wq, Wk, Wv, Wo, Wr, ...others } = selfAttention(D, 2, { relative: true })
    .init(new RandomState(5));
  for (const { data } of [Wq, Wk, Wv, Wo, Wr]) {
    assertEquals([...data], Array.from({ length: D * D }, () => rng.randn() / Math.sqrt(D)));
  }
  assertEquals(Object.keys(others).sort(), ["bk", "bo", "bq", "bv", "u", "v"]);
  for (const { rows, cols, data } of Object.values(others)) {
    assertEquals([rows, cols, data.every((value) => value === 0)], [1, D, true]);
  }
});
