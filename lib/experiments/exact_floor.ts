import { exactPosteriors, wordCorpus } from "../corpora/mod.ts";
import { greedyDecode } from "../decoding/mod.ts";
import { labelErrorRate } from "../metrics/mod.ts";
import { RandomState, sequenceAt, type Sequences } from "../numeric/mod.ts";
import { alignmentMetrics, buildCriterion, streams } from "../training/mod.ts";
import { paperTables } from "./alignment_paper.ts";

/** What the exact posterior of a corpus reaches, which no model can be better than. */
export interface ExactFloor {
  /** [N, K] the exact posteriors, nats */
  readonly logProbs: Sequences;
  /** Label error rate of greedy decoding, %. */
  readonly ler: number;
  /** Framewise cross entropy, nats. */
  readonly frameCe: number;
  /** Mean posterior of silence. */
  readonly blankPosterior: number;
  /** Time stamp error of words, frames. */
  readonly tse: number;
}

/** The floor of Tables 11 and 12 of the alignment paper, on fresh sequences of their corpus. */
export function exactFloor(sequences = 1000): ExactFloor {
  const { criterion, corpus: { kind: _, ...options } } = noisyRow.setup;
  const corpus = wordCorpus(options);
  const rng = new RandomState(streams.evaluation);
  const batch = corpus.batch(rng, sequences);
  const logProbs = exactPosteriors(corpus, batch.x);
  const topologies = buildCriterion(criterion, corpus, rng).topologies(batch);
  const metrics = alignmentMetrics([{ batch, logProbs, topologies }], {});
  const decoded = batch.targets.map((_, b) => greedyDecode(sequenceAt(logProbs, b)));
  return {
    logProbs,
    ler: 100 * labelErrorRate(decoded, batch.targets),
    frameCe: metrics.frameCe,
    blankPosterior: metrics.blankPosterior,
    tse: metrics.tse ?? NaN,
  };
}

const [noisyRow] = paperTables["table-11"].rows;
