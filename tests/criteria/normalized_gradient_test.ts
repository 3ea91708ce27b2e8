import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcTopology, hmmTopology } from "lib/alignment/mod.ts";
import { wordCorpus } from "lib/corpora/mod.ts";
import {
  fullSumBatchLoss,
  fullSumLoss,
  gradientFactors,
  type NormalizedGradient,
} from "lib/criteria/mod.ts";
import { ffnn } from "lib/models/mod.ts";
import { type Matrix, matrix, RandomState, sequenceAt } from "lib/numeric/mod.ts";
import { assertClose, assertMatrixClose, randomSequences } from "../support/matrices.ts";

const K = 3;
const unclamped: NormalizedGradient = { minimum: 0, maximum: 1e300 };
const columns = ({ data, cols }: Matrix) =>
  Array.from(
    { length: cols },
    (_, k) => data.reduce((sum, v, i) => i % cols === k ? sum + v : sum, 0),
  );
const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

Deno.test("normalised gradients are the plain ones times the clamped factor of eq. 11", () => {
  const logits = randomSequences(new RandomState(2), [6, 4], K);
  const topologies = [ctcTopology([1, 2]), ctcTopology([2])];
  const plain = fullSumBatchLoss(logits, topologies);
  const v = [0, 1].map((b) => fullSumLoss(sequenceAt(logits, b), topologies[b]).softAlignment);
  const factor = (sum: number, N: number) => Math.min(Math.max(N / (sum * K), 0.5), 1.1);
  const batch = columns(v[0]).map((sum, k) => factor(sum + columns(v[1])[k], 10));
  const sequence = v.map((part) => columns(part).map((sum) => factor(sum, part.rows)));
  for (
    const [over, of] of [
      ["batch", (_: number, k: number) => batch[k]],
      ["sequence", (t: number, k: number) => sequence[t < 6 ? 0 : 1][k]],
    ] as const
  ) {
    const ours = fullSumBatchLoss(logits, topologies, { normalizedGradient: { over } });
    assertEquals(ours.loss, plain.loss);
    const expected = plain.dLogits.frames.data.map((g, i) => g * of(Math.floor(i / K), i % K));
    assertClose(ours.dLogits.frames.data, expected, 1e-15);
  }
  assertEquals(
    fullSumBatchLoss(logits, topologies, { normalizedGradient: {} }),
    fullSumBatchLoss(logits, topologies, { normalizedGradient: { over: "batch" } }),
  );
});

Deno.test("without clamps every label pulls alike: Σₜ v[t, k] f[k] = T / K by construction", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
    const logits = sequenceAt(randomSequences(new RandomState(seed), [7], K), 0);
    const { softAlignment } = fullSumLoss(logits, ctcTopology([1, 2]));
    const visits = columns(softAlignment);
    const factors = gradientFactors(Float64Array.from(visits, (sum) => sum / 7), unclamped);
    visits.forEach((sum, k) => assertAlmostEquals(sum * factors[k], 7 / K, 1e-12));
    assert(spread(visits) > 1e-6); // the plain pull is not uniform
  }));
});

Deno.test("the normalised gradient for b is uniform where p̄ = v̄: there it is 0, as the plain one", () => {
  const logits = randomSequences(new RandomState(8), [6, 5, 7], K);
  const topologies = [[1, 2], [2], [1]].map((target) => ctcTopology(target));
  const at = (b: readonly number[], normalizedGradient?: NormalizedGradient) => {
    const data = logits.frames.data.map((z, i) => z + b[i % K]);
    const moved = { ...logits, frames: { ...logits.frames, data } };
    return columns(fullSumBatchLoss(moved, topologies, { normalizedGradient }).dLogits.frames);
  };
  let b = [0, 0, 0];
  for (let n = 0; n < 600; n++) b = at(b).map((g, k) => b[k] - g);
  assertClose(at(b), [0, 0, 0], 1e-12);
  assertClose(at(b, unclamped), [0, 0, 0], 1e-12);
  assert(spread(at([0, 0, 0], unclamped)) > 0.1);
});

Deno.test("elsewhere neither is uniform: a uniform gradient for b is always 0, for any factors", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
    const logits = randomSequences(new RandomState(seed), [7], K);
    const topologies = [ctcTopology([1, 2])];
    const plain = columns(fullSumBatchLoss(logits, topologies).dLogits.frames);
    const normed = columns(
      fullSumBatchLoss(logits, topologies, { normalizedGradient: unclamped }).dLogits.frames,
    );
    // Σₖ plain = 0, and plain[k] = normed[k] / f[k] with f > 0: were normed uniform, it would be 0.
    assertAlmostEquals(plain.reduce((a, b) => a + b, 0), 0, 1e-12);
    normed.forEach((g, k) => assert(g * plain[k] >= 0));
    assert(spread(normed) > 1e-3 && spread(plain) > 1e-3);
  }));
});

Deno.test("a perfect model in 50 % silence has a gradient for b that the factors do not make uniform", () => {
  const corpus = wordCorpus({
    wordsPerSequence: [1, 1],
    framesPerLetter: [10, 10],
    silenceFactor: [1, 1],
  });
  const model = ffnn(11, 11, { init: { kind: "identity", scale: 4 } });
  const params = model.init(new RandomState(0));
  const { x, words } = corpus.batch(new RandomState(17), 20);
  const topologies = words.map((w) => hmmTopology(w, { silence: 0 }));
  const bias = (normalizedGradient?: NormalizedGradient) => {
    const { y, cache } = model.forward(params, x);
    const { dLogits } = fullSumBatchLoss(y, topologies, { normalizedGradient });
    return [...model.backward(params, cache, dLogits).grads.b.data];
  };
  // b grows for silence and shrinks for rare letters, plain, normalised or clamped: training leaves.
  for (const options of [undefined, unclamped, {}]) {
    assert(bias(options)[0] < -1 && bias(options)[1] > 0.5, JSON.stringify(options));
  }
  // All vanish as the model grows sure: there it stays.
  params.W.data.forEach((w, i) => params.W.data[i] = 10 * w);
  assertMatrixClose(matrix(1, 11, bias()), matrix(1, 11), 1e-12);
  assertMatrixClose(matrix(1, 11, bias(unclamped)), matrix(1, 11), 1e-12);
});

Deno.test("gradientFactors() refuses a mean that is none", () => {
  for (const v of [NaN, -0.1, Infinity]) {
    assertThrows(() => gradientFactors(Float64Array.of(0.5, v)), RangeError, `label 1 is ${v}`);
  }
});
