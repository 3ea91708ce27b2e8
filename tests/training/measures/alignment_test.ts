import { assertAlmostEquals, assertEquals } from "@std/assert";
import { matrix, RandomState, type Sequences, sequences } from "lib/numeric/mod.ts";
import {
  alignmentMetrics,
  type EvaluatedBatch,
  forcedAlignments,
  heldOutBatch,
  Training,
} from "lib/training/mod.ts";
import { alignmentErrors } from "lib/training/alignment_errors.ts";
import { alignmentMeasure } from "lib/training/measures/alignment.ts";
import { smallExperiment } from "../../support/experiments.ts";

const training = new Training(smallExperiment({ corpus: { kind: "words" } }));

/** The sequences of a batch from one to another, as a batch. */
function part({ batch, logProbs, topologies }: EvaluatedBatch, from: number, to: number) {
  const { offsets } = batch.x, [start, end] = [offsets[from], offsets[to]];
  const cut = ({ frames: { data, cols } }: Sequences): Sequences => ({
    frames: { data: data.slice(start * cols, end * cols), rows: end - start, cols },
    offsets: offsets.slice(from, to + 1).map((offset) => offset - start),
  });
  const { words, spans } = batch;
  return {
    batch: {
      x: cut(batch.x),
      targets: batch.targets.slice(from, to),
      alignment: batch.alignment!.slice(start, end),
      words: words!.slice(from, to),
      spans: spans!.slice(from, to),
    },
    logProbs: cut(logProbs),
    topologies: topologies.slice(from, to),
  };
}

Deno.test("alignmentMetrics() weighs every frame alike, however the sequences are batched", () => {
  const whole = heldOutBatch(training, 7);
  for (const options of [{}, { priorScale: 1, blankShift: -0.5 }]) {
    const together = alignmentMetrics([whole], options);
    const apart = alignmentMetrics([part(whole, 0, 1), part(whole, 1, 7)], options);
    assertEquals(Object.keys(apart), Object.keys(together));
    for (const key of Object.keys(together) as (keyof typeof together)[]) {
      assertAlmostEquals(apart[key]!, together[key]!, 1e-12, key);
    }
  }
});

Deno.test("alignmentMetrics() are means over frames of what the batch has at each", () => {
  const evaluated = heldOutBatch(training, 3);
  const { logProbs: { frames: { data, rows, cols } }, batch: { alignment } } = evaluated;
  let ce = 0, blank = 0;
  for (let t = 0; t < rows; t++) {
    ce -= data[t * cols + alignment![t]] / rows;
    blank += Math.exp(data[t * cols]) / rows;
  }
  const { frameCe, blankPosterior } = alignmentMetrics([evaluated], {});
  assertAlmostEquals(frameCe, ce, 1e-12);
  assertAlmostEquals(blankPosterior, blank, 1e-12);
});

Deno.test("heldOutBatch() draws from the stream of evaluations, which is not that of the training", () => {
  const { experiment: { seed }, data: { dev: corpus } } = training;
  const { batch } = heldOutBatch(training, 3);
  assertEquals(batch, corpus.batch(new RandomState(seed + 1000003), 3));
  assertEquals(
    heldOutBatch(training, 3, { seed: 8 }).batch,
    corpus.batch(new RandomState(1000011), 3),
  );
});

Deno.test("the measure of alignments knows which label of the data set is silence", () => {
  const evaluated = heldOutBatch(training, 3), silence = 2;
  const labels = forcedAlignments(evaluated).flatMap(({ labels }) => [...labels]);
  const share = labels.filter((label) => label === silence).length / labels.length;
  const { system, params } = training, recognised = { labels: [], targets: [] };
  const data = { ...training.data, silence };
  const found = alignmentMeasure.compute([evaluated], {}, { system, params, data, recognised });
  assertEquals(found, alignmentMetrics([evaluated], {}, { silence }));
  assertAlmostEquals(found.silenceRatio!, share, 1e-12);
});

Deno.test("alignmentErrors() has the mean duration of labels, not of words", () => {
  const spans = [[0, 1, 3, 9], [1, 2, 9, 12]].map(([index, label, start, end]) => {
    return { index, label, start, end, score: 0 };
  });
  const labels = Int32Array.from({ length: 12 }, (_, t) => t < 3 ? 0 : t < 9 ? 1 : 2);
  const batch = {
    x: sequences([matrix(12, 1)]),
    targets: [[1, 2]],
    alignment: labels,
    words: [[[1, 2]]],
  };
  const errors = alignmentErrors([{ batch, alignments: [{ score: 0, labels, spans }] }]);
  assertEquals([errors.labelDuration, errors.tse, errors.silenceRatio], [4.5, 0, 0.25]);
  const silence = 7, quiet = labels.map((label) => label || silence);
  const pauses = {
    batch: { ...batch, alignment: quiet },
    alignments: [{ score: 0, labels: quiet, spans }],
  };
  assertEquals(alignmentErrors([pauses], { silence }), errors); // whatever label silence has
});
