/**
 * Decoding one sequence of a half-trained model on a noisy corpus: greedy, by prefix search, and by
 * beams of growing width, with and without a language model: `deno bench bench/decoding_bench.ts`.
 *
 * @module
 */
import { greedyDecode, prefixBeamSearch, prefixSearch, trainNgram } from "lib/decoding/mod.ts";
import { Training, writeUpExperiment } from "lib/experiments/mod.ts";
import { logSoftmax } from "lib/numeric/kernels/mod.ts";
import { batchSize, matrix, RandomState, sequenceAt } from "lib/numeric/mod.ts";
import { framewiseOf } from "lib/systems/mod.ts";

const headline = writeUpExperiment("blstm", 0);
const hard = { kind: "phonemes", noise: 0.5, phonotactics: 1 } as const;
const training = new Training({ ...headline, corpus: hard });
for (let step = 0; step < 150; step++) training.step();

const { data, params } = training, { layer } = framewiseOf(training);
const { x } = data.train.batch(new RandomState(1), 16);
const { y } = layer.forward(params, x);
const posteriors = Array.from({ length: batchSize(y) }, (_, b) => {
  const { data, rows, cols } = sequenceAt(y, b);
  return matrix(rows, cols, logSoftmax(new Float64Array(data.length), data, rows, cols));
});
const { targets } = data.train.batch(new RandomState(2), 2000);
const lm = trainNgram(targets, { labels: data.labels, order: 3 });

let turn = 0;
const next = () => posteriors[turn++ % posteriors.length];
const group = "one sequence";

Deno.bench({ name: "greedy", group, baseline: true, fn: () => void greedyDecode(next()) });
Deno.bench({
  name: "prefix search, split at blanks above 0.99",
  group,
  fn: () => void prefixSearch(next(), { blankThreshold: 0.99 }),
});
for (const beamWidth of [1, 4, 16, 64, 256]) {
  Deno.bench({
    name: `beam of ${beamWidth}`,
    group,
    fn: () => void prefixBeamSearch(next(), { beamWidth }),
  });
}
for (const beamWidth of [16, 256]) {
  Deno.bench({
    name: `beam of ${beamWidth}, trigram model`,
    group,
    fn: () => void prefixBeamSearch(next(), { beamWidth, lm, lmWeight: 0.5 }),
  });
}
Deno.bench({
  name: "beam of 256, pruned at 10 nats",
  group,
  fn: () => void prefixBeamSearch(next(), { beamWidth: 256, prune: 10 }),
});
