import { type Run, Training } from "../experiments/mod.ts";
import { type GifFrame, toGif } from "./gif.ts";
import { heldOut, posterior } from "./held_out.ts";
import { trainingFrame } from "./training_frame.ts";

/** The steps that the GIF shows by default: closely spaced while the alignment forms, then less so. */
const SNAPSHOTS: readonly number[] = [
  1,
  ...range(3, 39, 3),
  ...range(45, 120, 5),
  ...range(124, 260, 4),
  ...range(270, 400, 10),
];

/**
 * The GIF of an alignment that forms: trains the experiment of the first run again, from its first
 * step, and draws what the model makes of a held-out sequence on the way.
 *
 * @param runs Finished runs whose phoneme error rates are drawn below; the first is trained again.
 * @param snapshots The steps to draw, in order.
 */
export async function alignmentGif(
  runs: readonly Run[],
  snapshots: readonly number[] = SNAPSHOTS,
): Promise<Uint8Array<ArrayBuffer>> {
  const { experiment } = runs[0];
  const training = new Training(experiment);
  const sequence = heldOut(experiment.seed);
  const frames: GifFrame[] = [];
  for (const iter of snapshots) {
    while (training.iter < iter) training.step();
    const logProbs = posterior(training.model, training.params, sequence.x);
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
