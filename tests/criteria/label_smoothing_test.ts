import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { ctcTopology, hmmTopology } from "lib/alignment/mod.ts";
import {
  ctcBatchLoss,
  framewiseBatchLoss,
  fullSumBatchLoss,
  fullSumLoss,
  type FullSumLossOptions,
  separatedBlank,
  softmaxOutput,
} from "lib/criteria/mod.ts";
import { type Criterion, gradcheck } from "lib/gradcheck.ts";
import { linear } from "lib/models/mod.ts";
import { matrix, RandomState, sequenceAt } from "lib/numeric/mod.ts";
import { randomParams } from "../support/layers.ts";
import { assertClose, randomSequences } from "../support/matrices.ts";

const K = 4, outputs = [softmaxOutput, separatedBlank()];
const logits = randomSequences(new RandomState(1), [5, 1, 6], K);
const alignment = [0, 1, 1, 0, 2, 3, 0, 0, 2, 2, 1, 0];
const targets = [[1, 2], [3, 3], [3]]; // the second does not fit
const ε = 0.2;

/** Σₜ -1/K Σₖ log p[t, k] of one sequence. */
function uniformCrossEntropy(b: number, output = softmaxOutput): number {
  return -output.logProbs(sequenceAt(logits, b)).data.reduce((sum, lp) => sum + lp / K, 0);
}

Deno.test("framewise smoothing is the cross entropy with (1 - ε) one-hot + ε/K, under both outputs", () => {
  for (const output of outputs) {
    const { data } = output.logProbs(logits.frames);
    let expected = 0;
    alignment.forEach((label, t) => {
      for (let k = 0; k < K; k++) {
        expected -= ((k === label ? 1 - ε : 0) + ε / K) * data[t * K + k] / 3;
      }
    });
    const { loss } = framewiseBatchLoss(logits, alignment, { output, labelSmoothing: ε });
    assertAlmostEquals(loss, expected, 1e-12);
  }
});

Deno.test("smoothed CTC is (1 - ε) CTC + ε Σₜ H(u, pₜ), over the sequences that fit", () => {
  const plain = ctcBatchLoss(logits, targets);
  const { loss, dLogits, infeasible } = ctcBatchLoss(logits, targets, { labelSmoothing: ε });
  const uniform = (uniformCrossEntropy(0) + uniformCrossEntropy(2)) / 2;
  assertAlmostEquals(loss, (1 - ε) * plain.loss + ε * uniform, 1e-12);
  assertEquals(infeasible, 1);
  assertEquals([...sequenceAt(dLogits, 1).data], [0, 0, 0, 0]);
  const none = ctcBatchLoss(randomSequences(new RandomState(1), [1], K), [[1, 1]], {
    labelSmoothing: ε,
  });
  assertEquals([none.loss, none.infeasible], [Infinity, 1]);
});

Deno.test("where only one path fits, the smoothed full sum is the smoothed framewise loss", () => {
  const one = randomSequences(new RandomState(3), [3], K), path = [1, 3, 2];
  for (const output of outputs) {
    const options = { output, labelSmoothing: ε };
    const full = fullSumBatchLoss(one, [ctcTopology(path)], options);
    const frames = framewiseBatchLoss(one, path, options);
    assertAlmostEquals(full.loss, frames.loss, 1e-12);
    assertClose(full.dLogits.frames.data, frames.dLogits.frames.data, 1e-12);
  }
});

Deno.test("scales, prior and balance of a full sum belong to the part that is not smoothing", () => {
  const x = sequenceAt(logits, 2), topology = hmmTopology([[1]], { silence: 0 });
  const options: FullSumLossOptions = {
    posteriorScale: 0.5,
    prior: { kind: "static", priorScale: 0.3, logPrior: new Float64Array(K).fill(-Math.log(K)) },
    normalizedGradient: {},
  };
  const plain = fullSumLoss(x, topology, options);
  const { loss, dLogits } = fullSumLoss(x, topology, { ...options, labelSmoothing: ε });
  assertAlmostEquals(loss, (1 - ε) * plain.loss + ε * uniformCrossEntropy(2), 1e-12);
  const expected = plain.dLogits.data.map((d, i) =>
    (1 - ε) * d + ε * (Math.exp(softmaxOutput.logProbs(x).data[i]) - 1 / K)
  );
  assertClose(dLogits.data, expected, 1e-12);
});

Deno.test("every smoothed loss: its gradient agrees with differences", () => {
  const layer = linear(3, K), params = randomParams(layer, 1);
  const x = randomSequences(new RandomState(2), [5, 1, 6], 3);
  const prior = { kind: "batch", priorScale: 0.3, stopGradient: false } as const;
  const topologies = targets.map((target) => ctcTopology(target));
  for (const labelSmoothing of [0.1, 0.9]) {
    for (const output of outputs) {
      const losses = [
        (y: typeof x) => ctcBatchLoss(y, targets, { labelSmoothing }),
        (y: typeof x) => framewiseBatchLoss(y, alignment, { output, labelSmoothing }),
        (y: typeof x) =>
          fullSumBatchLoss(y, topologies, { posteriorScale: 0.7, output, prior, labelSmoothing }),
      ];
      for (const of of losses) {
        const criterion: Criterion = (y) => {
          const { loss, dLogits } = of(y);
          return { loss, dy: dLogits };
        };
        const { maxRelativeError, checked } = gradcheck(layer, criterion, params, x);
        assertLess(maxRelativeError, 2e-7);
        assert(checked > 16);
      }
    }
  }
});

Deno.test("no smoothing, left out or 0, is the same to the bit", () => {
  for (const labelSmoothing of [0, undefined]) {
    const options = { labelSmoothing };
    assertEquals(ctcBatchLoss(logits, targets, options), ctcBatchLoss(logits, targets));
    assertEquals(
      framewiseBatchLoss(logits, alignment, options),
      framewiseBatchLoss(logits, alignment),
    );
  }
});

Deno.test("the smoothed loss is least at the smoothed target, not at certainty", () => {
  const best = [1 - ε + ε / 2, ε / 2].map(Math.log);
  const { dLogits } = framewiseBatchLoss(
    { frames: matrix(1, 2, best), offsets: Int32Array.of(0, 1) },
    [0],
    { labelSmoothing: ε },
  );
  assertClose(dLogits.frames.data, [0, 0], 1e-15);
});

Deno.test("an ε out of range is named", () => {
  for (const labelSmoothing of [-0.1, 1, NaN]) {
    const message = `labelSmoothing must be from 0 to below 1: current value is ${labelSmoothing}`;
    const calls = [
      () => ctcBatchLoss(logits, targets, { labelSmoothing }),
      () => framewiseBatchLoss(logits, alignment, { labelSmoothing }),
      () => fullSumLoss(sequenceAt(logits, 0), ctcTopology([1]), { labelSmoothing }),
    ];
    for (const call of calls) assertThrows(call, RangeError, message);
  }
});
