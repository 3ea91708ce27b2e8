/** What a network makes of one sequence at a step of its training. */
export interface Frame {
  readonly step: number;
  /** [T, K] probabilities, blank first */
  readonly probs: Float64Array;
}

/** A training as frames, as the page carries it: bytes of probabilities in base64. */
export interface PackedFrames {
  readonly labels: number;
  readonly steps: readonly number[];
  /** [steps, T, K] probabilities in 255ths, base64 */
  readonly probs: string;
}

/** Packs frames; probabilities are rounded to 1 / 255. */
export function packFrames(frames: readonly Frame[], labels: number): PackedFrames {
  const bytes = frames.flatMap(({ probs }) => Array.from(probs, (p) => Math.round(255 * p)));
  return {
    labels,
    steps: frames.map(({ step }) => step),
    probs: Uint8Array.from(bytes).toBase64(),
  };
}

/** Reads what {@linkcode packFrames} packed. */
export function unpackFrames({ steps, probs }: PackedFrames): Frame[] {
  const bytes = Uint8Array.fromBase64(probs), size = bytes.length / steps.length;
  return steps.map((step, n) => ({
    step,
    probs: Float64Array.from(bytes.subarray(n * size, (n + 1) * size), (byte) => byte / 255),
  }));
}

/** The frame at a place between two others, from 0 to the number of frames - 1. */
export function frameAt(frames: readonly Frame[], place: number): Frame {
  const n = Math.min(frames.length - 1, Math.floor(place)), share = place - n;
  const from = frames[n], to = frames[Math.min(frames.length - 1, n + 1)];
  return {
    step: Math.round(from.step + share * (to.step - from.step)),
    probs: from.probs.map((p, i) => p + share * (to.probs[i] - p)),
  };
}

/** A run of the best path: its label, 0 for blank, and the frames that it spans. */
export interface Run {
  readonly label: number;
  readonly start: number;
  readonly end: number;
}

/** The best path, its repeats merged. */
export function runsOf(probs: Float64Array, labels: number): Run[] {
  const runs: Run[] = [];
  for (let t = 0; t < probs.length / labels; t++) {
    const row = probs.subarray(t * labels, (t + 1) * labels);
    const label = row.indexOf(row.reduce((most, p) => Math.max(most, p)));
    const last = runs.at(-1);
    if (last?.label === label) runs[runs.length - 1] = { ...last, end: t + 1 };
    else runs.push({ label, start: t, end: t + 1 });
  }
  return runs;
}
