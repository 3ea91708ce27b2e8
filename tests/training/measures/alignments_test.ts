import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { viterbi } from "lib/alignment/mod.ts";
import { framewiseCrossEntropy } from "lib/metrics/mod.ts";
import { sequenceAt } from "lib/numeric/mod.ts";
import { alignmentMetrics, heldOutBatch, ownAlignment, Training } from "lib/training/mod.ts";
import { smallExperiment } from "../../support/experiments.ts";

const training = new Training(smallExperiment({ corpus: { kind: "words", noise: 0.3 } }));
const evaluated = heldOutBatch(training, 9);

Deno.test("ownAlignment() has the errors of alignmentMetrics(), whatever the scales", () => {
  for (const options of [{}, { priorScale: 0.5, posteriorScale: 0.3 }, { blankShift: -1 }]) {
    const { tse, tseCenter, silenceRatio, unaligned } = ownAlignment([evaluated], options);
    const due = alignmentMetrics([evaluated], options);
    assertEquals({ tse, tseCenter, silenceRatio, unaligned }, {
      tse: due.tse,
      tseCenter: due.tseCenter,
      silenceRatio: due.silenceRatio,
      unaligned: due.unaligned,
    });
  }
});

Deno.test("ownAlignment() measures the cross entropy of the path found, frame by frame", () => {
  const { logProbs, topologies } = evaluated;
  for (const options of [{}, { posteriorScale: 0.1 }]) {
    const labels = topologies.map((topology, b) =>
      viterbi(sequenceAt(logProbs, b), topology, options).labels
    );
    const all = Int32Array.from(labels.flatMap((sequence) => [...sequence]));
    const { ownCe } = ownAlignment([evaluated], options);
    assertAlmostEquals(ownCe, framewiseCrossEntropy(logProbs.frames, all), 1e-12);
  }
});

Deno.test("ownAlignment() by the posterior alone is the best for itself: no reference has a lower CE", () => {
  const { ownCe } = ownAlignment([evaluated], {});
  assert(ownCe <= alignmentMetrics([evaluated], {}).frameCe);
  assert(ownCe <= ownAlignment([evaluated], { blankShift: 3 }).ownCe);
});

Deno.test("ownAlignment() finds no error where the model is sure of the truth", () => {
  const { batch, logProbs: { frames, offsets }, topologies } = evaluated;
  const data = new Float64Array(frames.data.length).fill(-20);
  batch.alignment!.forEach((label, t) => data[t * frames.cols + label] = 0);
  const sure = { batch, topologies, logProbs: { frames: { ...frames, data }, offsets } };
  const found = ownAlignment([sure], {});
  assertEquals([found.ownCe, found.tse, found.tseCenter, found.labelTse], [0, 0, 0, 0]);
});

Deno.test("ownAlignment() places labels as it places words where every word is one label", () => {
  const { batch: { words: _, ...batch }, ...rest } = evaluated;
  const { labelTse, tse } = ownAlignment([{ batch, ...rest }], {});
  assertAlmostEquals(labelTse!, tse!, 1e-12);
  assert(labelTse !== ownAlignment([evaluated], {}).tse);
});

Deno.test("ownAlignment() leaves out what fits no path, and counts it", () => {
  const { topologies } = evaluated;
  const long = heldOutBatch(training, 9).topologies[0];
  const none = {
    ...evaluated,
    topologies: topologies.map(() => ({ ...long, final: long.final.map(() => -Infinity) })),
  };
  const { unaligned, ownCe, tse } = ownAlignment([none], {});
  assertEquals([unaligned, ownCe, tse], [9, NaN, undefined]);
});
