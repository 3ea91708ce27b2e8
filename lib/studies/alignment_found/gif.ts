import { type GifFrame, toGif } from "../../figures/gif.ts";
import { type TrainingCurve, trainingFrame } from "../../figures/mod.ts";
import { type Experiment, Training } from "../../training/mod.ts";
import { heldOut, posterior } from "./held_out.ts";

/** The steps that the GIF shows by default: closely spaced while the alignment forms, then less so. */
const SNAPSHOTS: readonly number[] = [
  1,
  ...range(3, 39, 3),
  ...range(45, 120, 5),
  ...range(124, 260, 4),
  ...range(270, 400, 10),
];

/**
 * The GIF of an alignment that forms: trains an experiment from its first step, and draws what the
 * model makes of a held-out sequence on the way.
 *
 * @param runs Finished trainings whose phoneme error rates are drawn below.
 * @param snapshots The steps to draw, in order.
 */
export async function alignmentGif(
  experiment: Experiment,
  runs: readonly TrainingCurve[],
  snapshots: readonly number[] = SNAPSHOTS,
): Promise<Uint8Array<ArrayBuffer>> {
  const training = new Training(experiment);
  const sequence = heldOut(experiment.seed);
  const frames: GifFrame[] = [];
  for (const iter of snapshots) {
    while (training.iter < iter) training.step();
    const logProbs = posterior(training, sequence.x);
    const last = iter === snapshots[snapshots.length - 1];
    frames.push({
      svg: trainingFrame({ ...sequence, logProbs, iter, runs }),
      delay: last ? 3000 : iter === snapshots[0] ? 1000 : 100,
    });
  }
  return await toGif(frames, { scale: 1.5 });
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, n) => from + n * step);
}
