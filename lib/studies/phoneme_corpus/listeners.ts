import {
  framesAt,
  type LabelledFrames,
  type PhonemeCorpus,
  phonemeCorpus,
  type PhonemeCorpusOptions,
  phonesOf,
} from "../../corpora/mod.ts";
import { nearestMeanAccuracy } from "../../metrics/mod.ts";
import { matrix, RandomState } from "../../numeric/mod.ts";
import { streams } from "../../training/mod.ts";

/** Places of a frame in its phone: from the start, 0 the first; from the end, -1 the last. */
export const places = [0, 1, 2, 3, -4, -3, -2, -1] as const;

/** What one frame tells about its phone, in one corpus. */
export interface Heard {
  /** A guess among the phonemes with the same onset: one try in so many is right. */
  readonly guess: number;
  /** Share of phones named rightly from one frame alone, by {@linkcode places}. */
  readonly alone: readonly number[];
  /** The same for a listener who knows the frame's place. */
  readonly placed: readonly number[];
  /**
   * Share of first frames told apart, place known, of the two phonemes with the same onset that are
   * the hardest to tell apart.
   */
  readonly hardestPair: number;
}

/**
 * Classifies single frames of phones by the nearest class mean, k̂(x) = argminₖ ‖x - μₖ‖². Means come
 * from one stream of random numbers, tested phones from another; only phones of eight frames or more
 * take part, so that the first four frames and the last four are different frames.
 *
 * @param seed Seed of the corpus.
 * @param options Of the corpus.
 */
export function listen(seed: number, options: PhonemeCorpusOptions = {}): Heard {
  const corpus = phonemeCorpus(seed, options);
  const draw = (stream: number) =>
    phonesOf(corpus.batch(new RandomState(seed + stream), 800))
      .filter(({ frames }) => frames.rows >= 8);
  const training = draw(streams.training), test = draw(streams.evaluation);
  const accuracy = (place: number, known: boolean) =>
    nearestMeanAccuracy(framesAt(training, known ? place : undefined), framesAt(test, place));
  const onsets = phonemesByOnset(corpus);
  const firsts = [training, test].map((phones) => framesAt(phones, 0));
  const pairs = onsets.flatMap((phonemes) =>
    phonemes.flatMap((a, n) => phonemes.slice(n + 1).map((b) => [a, b]))
  );
  return {
    guess: onsets.length / corpus.signatures.early.rows,
    alone: places.map((place) => accuracy(place, false)),
    placed: places.map((place) => accuracy(place, true)),
    hardestPair: Math.min(...pairs.map((pair) => {
      const [training, test] = firsts.map((frames) => only(frames, pair));
      return nearestMeanAccuracy(training, test);
    })),
  };
}

/** Phonemes by the loud band of their onset, in the order of their first phoneme. */
function phonemesByOnset({ signatures: { early } }: PhonemeCorpus): number[][] {
  const groups = Map.groupBy(
    Array.from({ length: early.rows }, (_, k) => k + 1),
    (phoneme) => loudBands(early.data, phoneme, early.cols).join(),
  );
  return [...groups.values()];
}

/** The bands of a signature that stand out from its floor. */
export function loudBands(amplitudes: Float64Array, phoneme: number, F: number): number[] {
  return Array.from({ length: F }, (_, band) => band)
    .filter((band) => amplitudes[(phoneme - 1) * F + band] > 0.5);
}

function only({ x, labels }: LabelledFrames, pair: readonly number[]): LabelledFrames {
  const rows = Array.from(labels.keys()).filter((n) => pair.includes(labels[n]));
  const values = rows.flatMap((n) => [...x.data.subarray(n * x.cols, (n + 1) * x.cols)]);
  return {
    x: matrix(rows.length, x.cols, values),
    labels: Int32Array.from(rows, (n) => labels[n]),
  };
}
