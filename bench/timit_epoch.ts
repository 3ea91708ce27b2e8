/**
 * How long an epoch of TIMIT would take with the network of Graves et al. 2006: its 3,696 sentences are
 * 1.12 million frames of 10 ms. Sentences of that length, width and number of labels are drawn from the
 * synthetic corpus, so that nobody needs TIMIT; steps of 16 are taken by two workers in single precision.
 *
 *     deno run --allow-read bench/timit_epoch.ts
 *
 * @module
 */
import { type Experiment, train } from "lib/experiments/mod.ts";
import { gravesExperiment } from "lib/studies/phones_from_sound/graves.ts";

/** Frames of TIMIT's training set without SA1 and SA2, and sentences. */
const FRAMES = 1.12e6, SENTENCES = 3696;
/** Steps that are timed, after as many that are not. */
const STEPS = 40;
const BATCH = 16;

const graves = gravesExperiment(0);
const experiment: Experiment = {
  ...graves,
  name: "timit-epoch",
  corpus: {
    kind: "phonemes",
    phonemes: 61,
    bands: 26,
    phonesPerSequence: [38, 38],
    framesPerPhone: [5, 5],
    framesPerSilence: [3, 3],
  },
  batch: BATCH,
  pieces: 2,
  iters: 2 * STEPS,
  evaluations: [{ every: STEPS, sequences: 1, stream: 1 }],
};
let at = 0, seconds = NaN;
for await (const { iter } of train(experiment, { workers: 2 })) {
  const now = performance.now();
  if (iter === 2 * STEPS) seconds = (now - at) / 1000;
  at = now;
}
const perSentence = FRAMES / SENTENCES, drawn = 38 * 5 + 39 * 3;
const rate = STEPS * BATCH * drawn / seconds;
console.log(
  `${Math.round(rate)} frames a second (sentences of ${drawn} frames; TIMIT's have ` +
    `${perSentence.toFixed(0)}): an epoch in ${(FRAMES / rate).toFixed(1)} s`,
);
