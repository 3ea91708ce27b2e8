import { runSpans } from "../../alignment/mod.ts";
import { phonemeCorpus } from "../../corpora/mod.ts";
import { bestPath, greedyDecode } from "../../decoding/mod.ts";
import { type ReadableStore, readRuns, readWeights } from "../../experiments/mod.ts";
import type { CurveRow } from "../../figures/mod.ts";
import { labelErrorRate } from "../../metrics/mod.ts";
import { type Matrix, RandomState, sequenceAt, type Sequences } from "../../numeric/mod.ts";
import { framewiseOf, readModel, streams } from "../../training/mod.ts";
import { headlineExperiment, type Kind, kinds } from "../write_up/sweep.ts";
import { type HeldOut, heldOut, posterior } from "./held_out.ts";

/** What the best path of one model says of held-out sequences. */
export interface Alignment {
  /** Phoneme error rate, errors per label. */
  readonly per: number;
  /** Frames that are blank, %. */
  readonly blank: number;
  /** Frames that are silence in truth, %. */
  readonly silence: number;
  /** Labelled frames inside a phone of that label, %. */
  readonly inside: number;
  /** Phones with a frame of their label, %. */
  readonly found: number;
  /** Labelled frames for each phone. */
  readonly framesPerPhone: number;
}

/** What five trained models found, and one sequence to draw. */
export interface Results {
  /** One value a seed. */
  readonly measures: Readonly<Record<keyof Alignment, readonly number[]>>;
  /** A held-out sequence, and what the model of seed 0 makes of it. */
  readonly sequence: HeldOut & { readonly logProbs: Matrix };
  /** How both models learned at seed 0. */
  readonly curves: Readonly<Record<Kind, readonly CurveRow[]>>;
}

const SEEDS = [0, 1, 2, 3, 4];
const SEQUENCES = 64;

/**
 * Aligns held-out sequences with the weights that `deno task reproduce` leaves in `results/`.
 *
 * @throws {MissingRunError} If a run or its weights are not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const models = await Promise.all(
    SEEDS.map(async (seed) =>
      readModel(await readWeights(store.within("write-up"), headlineExperiment("blstm", seed)))
    ),
  );
  const all = models.map((trained, seed) => {
    const batch = phonemeCorpus(seed).batch(new RandomState(seed + streams.evaluation), SEQUENCES);
    return alignmentOf(framewiseOf(trained).layer.forward(trained.params, batch.x).y, batch);
  });
  const values = (name: keyof Alignment) => all.map((alignment) => alignment[name]);
  const sequence = heldOut(0);
  const runs = await readRuns(
    store.within("write-up"),
    kinds.map((kind) => headlineExperiment(kind, 0)),
  );
  return {
    measures: {
      per: values("per"),
      blank: values("blank"),
      silence: values("silence"),
      inside: values("inside"),
      found: values("found"),
      framesPerPhone: values("framesPerPhone"),
    },
    sequence: { ...sequence, logProbs: posterior(models[0], sequence.x) },
    curves: { blstm: runs[0].rows, lstm: runs[1].rows },
  };
}

/**
 * Measures the best path π_t = argmax_k p(k | x, t) against the truth.
 *
 * @param y [N, K] scores or log-probabilities
 * @param batch The targets, and the true label of every frame, 0 for silence.
 */
export function alignmentOf(
  y: Sequences,
  { targets, alignment }: { targets: readonly (readonly number[])[]; alignment: ArrayLike<number> },
): Alignment {
  const path = [...bestPath(y.frames)], truth = Array.from(alignment);
  const labelled = path.flatMap((label, t) => label === 0 ? [] : [t]);
  const phones = targets.flatMap((_, b) => {
    const start = y.offsets[b];
    return runSpans(truth.slice(start, y.offsets[b + 1]))
      .map((phone) => ({ ...phone, path: path.slice(start + phone.start, start + phone.end) }));
  });
  const share = (part: number, whole: number) => 100 * part / whole;
  const decoded = targets.map((_, b) => greedyDecode(sequenceAt(y, b)));
  return {
    per: labelErrorRate(decoded, targets),
    blank: share(path.length - labelled.length, path.length),
    silence: share(truth.filter((label) => label === 0).length, path.length),
    inside: share(labelled.filter((t) => path[t] === truth[t]).length, labelled.length),
    found: share(phones.filter(({ label, path }) => path.includes(label)).length, phones.length),
    framesPerPhone: labelled.length / targets.flat().length,
  };
}
