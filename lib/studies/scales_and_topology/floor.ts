import { exactPosteriors, wordCorpus } from "../../corpora/mod.ts";
import { greedyDecode } from "../../decoding/mod.ts";
import { labelErrorRate, leastDivergence } from "../../metrics/mod.ts";
import { RandomState, sequenceAt } from "../../numeric/mod.ts";
import { fullSumCriterion } from "../../systems/mod.ts";
import { alignmentMetrics, streams } from "../../training/mod.ts";
import { noisyWords, table12 } from "../synthetic_tables/mod.ts";

/** What the exact posterior of a corpus reaches: no model can have a lower expected framewise CE. */
export interface Floor {
  /** Label error rate of greedy decoding, %. */
  readonly per: number;
  /** Framewise cross entropy, nats. */
  readonly frameCe: number;
  /** Mean posterior of silence, %. */
  readonly blank: number;
  /** Time stamp error of words, frames. */
  readonly tse: number;
  /** The least framewise CE of a model that gives silence the share of a row of Table 12, nats. */
  readonly atTheirShare: Readonly<Record<keyof typeof table12, number>>;
}

/** The floor of Tables 11 and 12, on fresh sequences of their corpus. */
export function exactFloor(sequences = 1000): Floor {
  const { kind: _, ...options } = noisyWords;
  const corpus = wordCorpus(options);
  const rng = new RandomState(streams.evaluation);
  const batch = corpus.batch(rng, sequences);
  const logProbs = exactPosteriors(corpus, batch.x);
  const topologies = fullSumCriterion({ topology: "hmm", silence: 0 }).topologies(batch);
  const metrics = alignmentMetrics([{ batch, logProbs, topologies }], {});
  const decoded = batch.targets.map((_, b) => greedyDecode(sequenceAt(logProbs, b)));
  const { rows, cols, data } = logProbs.frames;
  const blank = Float64Array.from({ length: rows }, (_, t) => Math.exp(data[t * cols]));
  const least = (row: keyof typeof table12) =>
    metrics.frameCe + leastDivergence(blank, table12[row].theirs.blank.mean / 100);
  return {
    per: 100 * labelErrorRate(decoded, batch.targets),
    frameCe: metrics.frameCe,
    blank: 100 * metrics.blankPosterior,
    tse: metrics.tse ?? NaN,
    atTheirShare: {
      "hmm-20": least("hmm-20"),
      "ctc-20": least("ctc-20"),
      "hmm-100": least("hmm-100"),
      "ctc-100": least("ctc-100"),
    },
  };
}
