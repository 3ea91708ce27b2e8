import { assertEquals, assertThrows } from "@std/assert";
import {
  forcedAlignments,
  gradientAlignments,
  heldOutBatch,
  readModel,
  Training,
} from "lib/experiments/mod.ts";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { matrix } from "lib/numeric/mod.ts";
import { alignmentMetrics } from "lib/training/mod.ts";
import { smallExperiment } from "../support/experiments.ts";

const training = new Training(smallExperiment());
const experiment = JSON.stringify(training.experiment);

Deno.test("heldOutBatch() draws what the first evaluation of the training draws", () => {
  const { experiment, data } = training;
  const { batch, logProbs, topologies } = heldOutBatch(training, 3);
  assertEquals(logProbs.frames.rows, batch.x.frames.rows);
  assertEquals([logProbs.frames.cols, topologies.length], [data.labels, 3]);
  assertEquals(heldOutBatch(training, 3, { seed: experiment.seed }).batch, batch);
  const other = heldOutBatch(training, 3, { seed: experiment.seed + 1 });
  assertEquals(other.batch.targets.join() === batch.targets.join(), false);
});

Deno.test("forcedAlignments() are those that alignmentMetrics() measures", () => {
  const words = new Training(smallExperiment({ corpus: { kind: "words" } }));
  const batch = heldOutBatch(words, 4);
  for (const options of [{}, { blankShift: -2, priorScale: 0.7 }]) {
    const alignments = forcedAlignments(batch, options);
    const blanks = alignments.flatMap(({ labels }) => [...labels]).filter((k) => k === 0).length;
    const { silenceRatio } = alignmentMetrics([batch], options);
    assertEquals(blanks / batch.batch.x.frames.rows, silenceRatio);
  }
});

Deno.test("gradientAlignments() says which target has no path, as Viterbi does", () => {
  const crowded = new Training(smallExperiment({
    corpus: { kind: "words", words: ["aa"], framesPerLetter: [1, 1], silenceFactor: [0, 0] },
  }));
  const batch = heldOutBatch(crowded, 1);
  const none = { score: -Infinity, labels: new Int32Array(0), spans: [] };
  assertEquals(gradientAlignments(crowded, batch, "grad-score"), [none]);
  assertEquals(forcedAlignments(batch), [none]);
});

Deno.test("readModel() refuses weights without an experiment, or of another model, and says why", () => {
  const refuse = (bytes: Uint8Array, why: string) =>
    assertThrows(() => readModel(bytes), SyntaxError, why);
  refuse(encodeCheckpoint(training.params), "metadata hold no experiment");
  refuse(encodeCheckpoint(training.params, { experiment: "{" }), "experiment is not valid");
  refuse(encodeCheckpoint(training.params, { experiment: "{}" }), "experiment is not valid");
  const { "1.b": _, ...fewer } = training.params;
  refuse(encodeCheckpoint(fewer, { experiment }), '"1.b" is missing, and should be [1, 7]');
  const more = { ...training.params, extra: matrix(1, 1) };
  refuse(encodeCheckpoint(more, { experiment }), '"extra" is [1, 1], and should be missing');
});
