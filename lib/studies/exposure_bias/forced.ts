import type { LabelledBatch } from "../../corpora/mod.ts";
import type { LanguageModel } from "../../decoding/mod.ts";
import { labelErrorRate } from "../../metrics/mod.ts";
import { sequenceAt, sequences } from "../../numeric/mod.ts";
import type { TrainedModel } from "../../training/mod.ts";

/**
 * A language model that dictates how a labelling begins, and then has no opinion: a search with it is
 * forced through these labels.
 *
 * @example
 * ```ts
 * import { dictation } from "lib/studies/exposure_bias/mod.ts";
 * import { logProbability } from "lib/decoding/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const lm = dictation([2, 1], 4);
 * const scores = [[2, 1], [2, 1, 3], [2], [2, 2]].map((labels) => logProbability(lm, labels));
 * assertEquals(scores, [0, 0, -Infinity, -Infinity]);
 * ```
 */
export function dictation(prefix: readonly number[], labels: number): LanguageModel<number> {
  return {
    labels,
    start: () => 0,
    next: (said, label) => ({
      logProb: said >= prefix.length || label === prefix[said] ? 0 : -Infinity,
      state: said + 1,
    }),
    end: (said) => said >= prefix.length ? 0 : -Infinity,
  };
}

/**
 * The label error rate of what a model says by itself, greedily, after it was made to begin every
 * sequence with a prefix; against the rest of each target, from label `prefix.length` on.
 *
 * @param prefixes One per sequence, each shorter than its target.
 */
export function errorAfter(
  { system, params, data }: Pick<TrainedModel, "system" | "params" | "data">,
  { x, targets }: LabelledBatch,
  prefixes: readonly (readonly number[])[],
): number {
  const rests = prefixes.map((prefix, b) => {
    const lm = dictation(prefix, data.labels);
    const found = system.decode(params, sequences([sequenceAt(x, b)]), { beamWidth: 1, lm });
    return found.sequences[0].labels.slice(prefix.length);
  });
  return labelErrorRate(rests, targets.map((target, b) => target.slice(prefixes[b].length)));
}
