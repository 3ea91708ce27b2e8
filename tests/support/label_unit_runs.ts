import type { EvaluationRow, Run } from "lib/experiments/mod.ts";
import {
  EVERY,
  experiment,
  ITERS,
  type Key,
  SENTENCES,
} from "lib/studies/balancing_blank_on_speech/mod.ts";
import type { Timing } from "lib/training/mod.ts";

/** A way to align whose errors all hang on one number. */
function timing(tse: number): Timing {
  const errors = {
    ...{ tse, tseCenter: tse / 2, onset: tse, offset: tse, onsetBias: 3, offsetBias: -2 },
    ...{ within10: 0.1, within20: 0.2, within50: 0.5, count: 8 },
  };
  return { words: errors, silenceRatio: tse / 1000, labelDuration: 85, unaligned: 0 };
}

/**
 * A run of the sweep of labels: known voices are off by `tse` and one ms more for every way to align,
 * the unseen voice by twice as much, the sentences that are aligned by gradients by 3 times.
 */
export function labelUnitRun(key: Key, tse: number): Run {
  const { evaluations } = experiment(key);
  const row = (every: number, iter: number, per: number): EvaluationRow => ({
    ...{ every, iter, nll: 1, per, seqAcc: 0, infeasible: 0 },
  });
  const timed = evaluations.filter(({ timing }) => timing);
  const rowsAt = (iter: number): EvaluationRow[] =>
    timed.map(({ timing: asked, sequences, blanks }, n) => ({
      ...row(ITERS, iter, iter === ITERS ? (n + 1) / 10 : 1),
      ...blanks && {
        blanks: {
          ...{ blankRate: 0.3, blankPosterior: 0.3, spikesPerLabel: 1, spikeWidth: 1, entropy: 1 },
          ...{ silence: 0.1 * (n + 1), blankInSilence: 1, blankInPhones: 0 },
        },
      },
      timing: [...asked!.at!, ...asked!.gradients ?? []].map((_, at) =>
        timing((sequences === SENTENCES ? 3 : n + 1) * (tse + at))
      ),
    }));
  const curve = Array.from(
    { length: ITERS / EVERY },
    (_, n) => row(EVERY, EVERY * (n + 1), 1 - 0.1 * n),
  );
  const rows = [row(EVERY, 1, 1), ...rowsAt(1), ...curve, ...rowsAt(ITERS)];
  return { experiment: experiment(key), rows };
}
