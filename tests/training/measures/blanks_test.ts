import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { LabelledBatch } from "lib/corpora/mod.ts";
import { matrix, sequences } from "lib/numeric/mod.ts";
import type { Evaluated } from "lib/training/measures/measure.ts";
import { blankMeasure, blankMetrics } from "lib/training/measures/blanks.ts";

/** A batch of one sequence, with outputs that give 0.7 to a label and 0.1 to every other. */
function heard(path: readonly number[], alignment: readonly number[], target: readonly number[]) {
  const p = matrix(path.length, 4);
  path.forEach((label, t) => {
    for (let k = 0; k < 4; k++) p.data[4 * t + k] = Math.log(k === label ? 0.7 : 0.1);
  });
  const batch: LabelledBatch = {
    x: sequences([matrix(path.length, 1)]),
    targets: [target],
    alignment: Int32Array.from(alignment),
  };
  return { batch, logProbs: sequences([p]) };
}

// Silence is label 3: it is blank in one of its three frames, and blank is in one of two others.
const batches = [heard([0, 3, 1], [3, 3, 3], [1]), heard([1, 0], [1, 1], [1, 2])];

Deno.test("blankMetrics() are those of all batches together, of silence where the data set has it", () => {
  const { blankPosterior, entropy, blankInSilence, ...counted } = blankMetrics(batches, {
    silence: 3,
  });
  assertEquals(counted, {
    blankRate: 2 / 5,
    spikesPerLabel: 3 / 3,
    spikeWidth: 1,
    silence: 3 / 5,
    blankInPhones: 1 / 2,
  });
  assertAlmostEquals(blankInSilence, 1 / 3, 1e-12);
  assertAlmostEquals(blankPosterior, (2 * 0.7 + 3 * 0.1) / 5, 1e-12);
  assertAlmostEquals(entropy, -0.7 * Math.log(0.7) - 0.3 * Math.log(0.1), 1e-12);
  assertEquals(blankMetrics(batches).silence, 0);
});

Deno.test("the measure of blanks knows which label of the data set is silence", () => {
  const found = blankMeasure.compute(batches, true, { data: { silence: 3 } } as Evaluated);
  assertEquals(found, blankMetrics(batches, { silence: 3 }));
});
