/** How a sound is cut into frames, which overlap. */
export interface Framing {
  /** Samples of a frame. */
  readonly length: number;
  /** Samples from one frame to the next. */
  readonly shift: number;
  /**
   * Whether all frames lie inside the sound. If not, frame t is centred on the stretch
   * [t · shift, (t + 1) · shift) and the sound is mirrored at its ends.
   */
  readonly snipEdges: boolean;
}

/**
 * Number of frames T of a sound: ⌊(N - length) / shift⌋ + 1, or ⌊N / shift + 1/2⌋ where edges are
 * not snipped.
 *
 * @param N Number of samples.
 *
 * @example
 * ```ts
 * import { frameCount } from "lib/audio/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(frameCount(4800, { length: 400, shift: 160, snipEdges: true }), 28);
 * assertEquals(frameCount(4800, { length: 400, shift: 160, snipEdges: false }), 30);
 * ```
 *
 * Source: Kaldi, feat/feature-window.cc, NumFrames and FirstSampleOfFrame.
 */
export function frameCount(N: number, { length, shift, snipEdges }: Framing): number {
  if (snipEdges) return N < length ? 0 : 1 + Math.floor((N - length) / shift);
  return Math.floor((N + Math.floor(shift / 2)) / shift);
}

/** The first sample of frame t; below 0 it is one that is mirrored. */
export function firstSample(t: number, { length, shift, snipEdges }: Framing): number {
  if (snipEdges) return t * shift;
  return t * shift + Math.floor(shift / 2) - Math.floor(length / 2);
}

/**
 * Copies `frame.length` samples from sample `first` on, mirrored where they lie outside the sound:
 * x₋ₙ = xₙ₋₁ and x_{N-1+n} = x_{N-n}.
 *
 * @param samples The part of the sound from sample `start` on.
 * @param N Number of samples of the whole sound.
 * @param scale What samples are multiplied by.
 */
export function copyFrame(
  frame: Float64Array,
  samples: Float64Array,
  start: number,
  first: number,
  N: number,
  scale: number,
): void {
  const { length } = frame;
  if (first >= 0 && first + length <= N) {
    for (let i = 0, at = first - start; i < length; i++, at++) frame[i] = scale * samples[at];
    return;
  }
  for (let i = 0; i < length; i++) {
    let at = first + i;
    while (at < 0 || at >= N) at = at < 0 ? -at - 1 : 2 * N - 1 - at;
    frame[i] = scale * samples[at - start];
  }
}
