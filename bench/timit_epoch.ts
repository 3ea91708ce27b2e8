/**
 * How long an epoch of TIMIT would take with the network of Graves et al. 2006: its 3,696 sentences are
 * 1.12 million frames of 10 ms. Sentences of that length, width and number of labels are drawn from the
 * synthetic corpus, so that nobody needs TIMIT, and before the clock starts, as TIMIT's features are
 * computed once; steps of 16 are taken by two workers in single precision.
 *
 *     deno run --allow-read bench/timit_epoch.ts
 *
 * @module
 */
import { dataSet } from "lib/corpora/mod.ts";
import { type Experiment, Team, Training } from "lib/experiments/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
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
};
const drawn = dataSet(experiment.corpus, experiment.seed);
const rng = new RandomState(0);
const batches = Array.from({ length: STEPS }, () => drawn.train.batch(rng, BATCH));
let next = 0;
const data = { ...drawn, train: { ...drawn.train, batch: () => batches[next++ % STEPS] } };

const training = new Training(experiment, { data });
using team = await Team.start(training, 2);
for (let step = 0; step < STEPS; step++) await training.stepOn(team);
const start = performance.now();
for (let step = 0; step < STEPS; step++) await training.stepOn(team);
const seconds = (performance.now() - start) / 1000;

const frames = batches.reduce((sum, { x }) => sum + x.frames.rows, 0);
const rate = frames / seconds;
console.log(
  `${Math.round(rate)} frames a second (sentences of ${frames / STEPS / BATCH} frames; TIMIT's ` +
    `have ${(FRAMES / SENTENCES).toFixed(0)}): an epoch in ${(FRAMES / rate).toFixed(1)} s`,
);
