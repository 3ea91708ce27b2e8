import { type Fields, number, optional, requireForm, whole } from "../form/mod.ts";
import { type Matrix, matrix, RandomState, sequences } from "../numeric/mod.ts";
import { requireBatchSize } from "./corpus.ts";
import type { Corpus } from "./corpus.ts";
import type { Sizes } from "./data_set.ts";
import { markovChain, nextLabel } from "./markov_chain.ts";

/** What the synthetic phoneme corpus is made of. */
export interface PhonemeCorpusOptions {
  /** Number of phonemes, labelled 1 … phonemes; 0 is blank and silence. Defaults to 6. */
  phonemes?: number;
  /** Number of mel-like bands F. Defaults to 8. */
  bands?: number;
  /** Phones per sequence, inclusive. Defaults to [3, 8]. */
  phonesPerSequence?: readonly [number, number];
  /** Frames per phone, inclusive. Defaults to [4, 10]. */
  framesPerPhone?: readonly [number, number];
  /** Frames per silence, inclusive. Defaults to [2, 5]. */
  framesPerSilence?: readonly [number, number];
  /** Standard deviation of the noise on a phone's frames. Defaults to 0.18. */
  noise?: number;
  /** Share of a phone's frames that its shared onset fades out over. Defaults to 0.45. */
  onset?: number;
  /** How many phonemes share an onset; the last cluster may be smaller. Defaults to 2. */
  cluster?: number;
  /**
   * Contrast of the Markov chain that phonemes follow one another by, see {@link markovChain}.
   * Defaults to 0: every phoneme is as likely as any other.
   */
  phonotactics?: number;
}

const lengths = { is: "range", whole: true, min: 1 } as const;

/** The form of {@link PhonemeCorpusOptions}. */
export const phonemeCorpusFields: Fields<PhonemeCorpusOptions> = {
  phonemes: optional(whole({ min: 1 })),
  bands: optional(whole({ min: 2 })),
  phonesPerSequence: optional(lengths),
  framesPerPhone: optional(lengths),
  framesPerSilence: optional(lengths),
  noise: optional(number({ min: 0 })),
  onset: optional(number({ min: 0, max: 1 })),
  cluster: optional(whole({ min: 1 })),
  phonotactics: optional(number({ min: 0 })),
};

/** What the phonemes of one corpus sound like: row k belongs to the label k + 1. */
export interface Signatures {
  /** [K, F] amplitude of the shared onset */
  readonly early: Matrix;
  /** [K, F] amplitude of the part that tells phonemes apart */
  readonly late: Matrix;
  /** [K, F] radians per frame */
  readonly freqs: Matrix;
  /** [K, F] radians */
  readonly phases: Matrix;
}

/** The synthetic phoneme corpus: its signatures, and batches drawn from a stream. */
export interface PhonemeCorpus extends Corpus {
  /** The options, with the defaults of those left out. */
  readonly options: Required<PhonemeCorpusOptions>;
  /** What the phonemes sound like. */
  readonly signatures: Signatures;
  /** [K + 1, K] which phoneme comes first, and which after which, see {@link markovChain}. */
  readonly phonotactics: Matrix;
}

const FLOOR = 0.08;

/**
 * The synthetic phoneme corpus: phones in silence, each starting with an onset that it shares with
 * a neighbour, so that the start of a phone alone does not tell which one it is.
 *
 * frame(t) = envelope(t) · (wEarly(t)·early + (1 - wEarly(t))·late + 0.35 cos(freq·t + phase)) + noise
 *
 * @param seed Seed of the stream that the signatures are drawn from.
 * @throws {TypeError} If an option is unknown or of another type.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { phonemeCorpus } from "lib/corpora/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { x, targets } = phonemeCorpus(0).batch(new RandomState(17), 16);
 * assertEquals([x.offsets[1], targets[0]], [37, [2, 1, 3, 2]]);
 * ```
 *
 * Source: the write-up timit-blstm-ctc, "Synthetic phoneme corpus".
 */
export function phonemeCorpus(seed: number, options: PhonemeCorpusOptions = {}): PhonemeCorpus {
  const form = { is: "record", fields: phonemeCorpusFields } as const;
  requireForm<PhonemeCorpusOptions>("Cannot make a phoneme corpus", form, options);
  const complete = completePhonemeOptions(options);
  // The chain comes last, so that signatures are the same with and without.
  const stream = new RandomState(seed);
  const signatures = drawSignatures(stream, complete);
  const phonotactics = markovChain(stream, complete.phonemes, complete.phonotactics);
  // Phones without their noise, by phoneme and length, and room for a batch: to be used again.
  const phones = new Map<string, Float64Array>();
  const clean = (k: number, n: number): Float64Array => {
    const key = `${k} ${n}`;
    const phone = phones.get(key) ?? cleanPhone(signatures, k, n, complete);
    phones.set(key, phone);
    return phone;
  };
  let room = new Float64Array(0);
  return {
    features: complete.bands,
    labels: complete.phonemes + 1,
    options: complete,
    signatures,
    phonotactics,
    batch(rng, B, alloc = matrix) {
      const size = mostPhonemeFrames(complete) * complete.bands;
      requireBatchSize(B, size);
      if (room.length < B * size) room = new Float64Array(B * size);
      const utterances = Array.from(
        { length: B },
        (_, b) => {
          const values = room.subarray(b * size, (b + 1) * size);
          return drawSequence(values, rng, clean, phonotactics, complete);
        },
      );
      return {
        x: sequences(utterances.map((u) => u.features), alloc),
        targets: utterances.map((u) => u.target),
        alignment: Int32Array.from(utterances.flatMap((u) => u.alignment)),
      };
    },
  };
}

/** The options with their defaults. */
export function completePhonemeOptions(
  options: PhonemeCorpusOptions,
): Required<PhonemeCorpusOptions> {
  return {
    phonemes: options.phonemes ?? 6,
    bands: options.bands ?? 8,
    phonesPerSequence: options.phonesPerSequence ?? [3, 8],
    framesPerPhone: options.framesPerPhone ?? [4, 10],
    framesPerSilence: options.framesPerSilence ?? [2, 5],
    noise: options.noise ?? 0.18,
    onset: options.onset ?? 0.45,
    cluster: options.cluster ?? 2,
    phonotactics: options.phonotactics ?? 0,
  };
}

function drawSignatures(rng: RandomState, options: Required<PhonemeCorpusOptions>): Signatures {
  const { phonemes: K, bands: F, cluster } = options;
  const early = matrix(K, F), late = matrix(K, F), freqs = matrix(K, F), phases = matrix(K, F);
  late.data.fill(FLOOR);
  early.data.fill(FLOOR);
  for (let k = 0; k < K; k++) {
    const n = [1, 2][rng.randint(0, 2)];
    for (const band of rng.permutation(F).subarray(0, n)) late.data[k * F + band] += 1;
  }
  const order = rng.permutation(K);
  for (let first = 0; first < K; first += cluster) {
    const shared = rng.permutation(F)[0];
    for (const k of order.subarray(first, first + cluster)) early.data[k * F + shared] += 1;
  }
  for (let i = 0; i < K * F; i++) freqs.data[i] = rng.uniform(0.05, 0.40);
  for (let i = 0; i < K * F; i++) phases.data[i] = rng.uniform(0, 2 * Math.PI);
  return { early, late, freqs, phases };
}

interface Utterance {
  features: Matrix;
  target: number[];
  alignment: number[];
}

/** Sizes of a corpus, from its options alone. */
export function phonemeSizes(options: PhonemeCorpusOptions): Sizes {
  const complete = completePhonemeOptions(options);
  const { phonemes: K, bands: F, framesPerPhone, phonesPerSequence } = complete;
  // Signatures, the chain, and every phone at every length.
  const tables = 4 * K * F + (K + 1) * K +
    K * F * (framesPerPhone[1] - framesPerPhone[0] + 1) * framesPerPhone[1];
  return {
    frames: mostPhonemeFrames(complete),
    target: phonesPerSequence[1],
    features: F,
    labels: K + 1,
    tables,
  };
}

/** The most frames that a sequence can have. */
export function mostPhonemeFrames(options: Required<PhonemeCorpusOptions>): number {
  const { phonesPerSequence, framesPerPhone, framesPerSilence } = options;
  const phones = phonesPerSequence[1];
  return phones * framesPerPhone[1] + (phones + 1) * framesPerSilence[1];
}

/** Draws a sequence whose features are the first of `values`. */
function drawSequence(
  values: Float64Array<ArrayBuffer>,
  rng: RandomState,
  clean: (k: number, n: number) => Float64Array,
  phonotactics: Matrix,
  options: Required<PhonemeCorpusOptions>,
): Utterance {
  const { phonemes: K, bands: F, phonesPerSequence, framesPerPhone, framesPerSilence, noise } =
    options;
  const between = ([lo, hi]: readonly [number, number]) => rng.randint(lo, hi + 1);
  let end = 0;
  const target: number[] = [];
  const alignment: number[] = [];
  const silence = () => {
    const n = between(framesPerSilence);
    for (let i = 0; i < n * F; i++) values[end++] = 0.05 * rng.randn();
    for (let t = 0; t < n; t++) alignment.push(0);
  };

  const L = between(phonesPerSequence);
  if (rng.uniform(0, 1) < 0.5) silence();
  for (let i = 0; i < L; i++) {
    const k = options.phonotactics === 0
      ? rng.randint(0, K)
      : nextLabel(rng, phonotactics, target[i - 1] ?? 0) - 1;
    const n = between(framesPerPhone);
    const phone = clean(k, n);
    for (let i = 0; i < phone.length; i++) values[end++] = phone[i] + noise * rng.randn();
    target.push(k + 1);
    for (let t = 0; t < n; t++) alignment.push(k + 1);
    if (i < L - 1) silence();
  }
  if (rng.uniform(0, 1) < 0.5) silence();
  return { features: matrix(alignment.length, F, values.subarray(0, end)), target, alignment };
}

/** The n frames of phoneme k without noise, row by row. */
function cleanPhone(
  { early, late, freqs, phases }: Signatures,
  k: number,
  n: number,
  { bands: F, onset }: Required<PhonemeCorpusOptions>,
): Float64Array {
  const phone = new Float64Array(n * F);
  const knee = Math.max(1, roundHalfToEven(onset * n));
  for (let t = 0; t < n; t++) {
    const wEarly = t >= knee ? 0 : knee === 1 ? 1 : 1 - t / (knee - 1);
    const envelope = 0.6 + 0.4 * Math.sin(n === 1 ? 0 : Math.PI * t / (n - 1));
    for (let f = 0; f < F; f++) {
      const j = k * F + f;
      const base = wEarly * early.data[j] + (1 - wEarly) * late.data[j];
      const oscillation = 0.35 * Math.cos(freqs.data[j] * t + phases.data[j]);
      phone[t * F + f] = envelope * (base + oscillation);
    }
  }
  return phone;
}

/** As NumPy rounds: 4.5 becomes 4, 5.5 becomes 6. */
function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return rest === 0.5 ? below + below % 2 : Math.round(x);
}
