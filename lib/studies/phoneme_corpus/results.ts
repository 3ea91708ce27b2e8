import { phonemeCorpus, type Signatures } from "../../corpora/mod.ts";
import { type Heard, listen, loudBands } from "./listeners.ts";

/** Seeds of the corpora that are listened to: those of the write-up's trainings. */
const SEEDS = [0, 1, 2, 3, 4];

/** How far apart the first frames of two phonemes with one onset are, in σ of the noise. */
export interface PairDistance {
  /** "1 and 2" */
  readonly pair: string;
  /** By the band of the onset. */
  readonly bands: number;
  /** By the swing of all bands. */
  readonly swing: number;
}

/** What the corpora are like, and what one frame of a phone tells. */
export interface Results {
  /** Band of the onset of phonemes 1 … 6 at seed 0. */
  readonly onsetBands: readonly number[];
  /** At each seed, how many phonemes have later bands that no other phoneme has. */
  readonly ownBands: readonly number[];
  /** Pairs with one onset at seed 0. */
  readonly distances: readonly PairDistance[];
  /** One corpus a seed. */
  readonly heard: readonly Heard[];
}

/** Draws five corpora and listens to them; needs no stored run. */
export function results(): Promise<Results> {
  const corpora = SEEDS.map((seed) => phonemeCorpus(seed));
  const [{ signatures, options }] = corpora;
  return Promise.resolve({
    onsetBands: bandsOf(signatures.early).flat(),
    ownBands: corpora.map(({ signatures: { late } }) => {
      const bands = bandsOf(late).map(String);
      return bands.filter((one) => bands.filter((other) => other === one).length === 1).length;
    }),
    distances: firstFrameDistances(signatures, options.noise),
    heard: SEEDS.map((seed) => listen(seed)),
  });
}

/** The loud bands of every phoneme. */
function bandsOf({ data, rows: K, cols: F }: Signatures["early"]): number[][] {
  return Array.from({ length: K }, (_, k) => loudBands(data, k + 1, F));
}

/** d = 0.6 · ‖a - b‖ / σ for the onsets a, b, and for the swings 0.35 cos φ at t = 0. */
function firstFrameDistances({ early, phases }: Signatures, sigma: number): PairDistance[] {
  const { rows: K, cols: F } = early;
  const row = (m: typeof early, k: number) => m.data.subarray(k * F, (k + 1) * F);
  const swing = (k: number) => row(phases, k).map((phase) => 0.35 * Math.cos(phase));
  const distance = (a: Float64Array, b: Float64Array) =>
    0.6 * Math.hypot(...a.map((value, f) => value - b[f])) / sigma;
  const phonemes = Array.from({ length: K }, (_, k) => k);
  return phonemes.flatMap((a) =>
    phonemes.slice(a + 1).map((b) => ({
      pair: `${a + 1} and ${b + 1}`,
      bands: distance(row(early, a), row(early, b)),
      swing: distance(swing(a), swing(b)),
    }))
  ).filter(({ bands }) => bands === 0);
}
