import { type Fields, flag, number, optional, requireForm, whole } from "../form/mod.ts";
import type { RandomState } from "../numeric/mod.ts";
import { type WindowKind, windowKinds } from "./window.ts";

/** How a sound is cut into frames, and what happens to each before its spectrum. */
export interface FrameOptions {
  /** Samples per second. */
  sampleRate: number;
  /** Length of a frame, milliseconds. Defaults to 25. */
  lengthMs?: number;
  /** From one frame to the next, milliseconds. Defaults to 10. */
  shiftMs?: number;
  /** Defaults to "povey". */
  window?: WindowKind;
  /** c in x'ₙ = xₙ - c xₙ₋₁. Defaults to 0.97. */
  preemphasis?: number;
  /** Whether the mean of every frame is taken off. Defaults to true. */
  removeDcOffset?: boolean;
  /** Standard deviation of noise added to samples of ±32768; it needs `rng`. Defaults to 0. */
  dither?: number;
  /**
   * Whether frames all lie inside the sound, as Kaldi has it by default. Without, frame t covers
   * [t · shift, (t + 1) · shift), so that times of frames need no correction. Defaults to true.
   */
  snipEdges?: boolean;
}

/** What features are made of, mel filters among it. */
export interface MelOptions extends FrameOptions {
  /** Number of mel filters. Defaults to 40 for log-mel and 23 for MFCC. */
  bins?: number;
  /** Where the first filter begins, Hz. Defaults to 20. */
  lowHz?: number;
  /** Where the last ends, Hz; 0 or less counts from half the sample rate. Defaults to 0. */
  highHz?: number;
  /** Factor by which the mel axis is warped, for another length of vocal tract. Defaults to 1. */
  warp?: number;
  /** Where the warp becomes a factor alone, Hz. Defaults to 100. */
  vtlnLowHz?: number;
  /** … and where it ends, Hz; 0 or less counts from half the sample rate. Defaults to -500. */
  vtlnHighHz?: number;
  /**
   * Whether the log energy of a frame, before pre-emphasis, comes first: for log-mel a column more,
   * for MFCC in the place of C0. Defaults to false for log-mel and true for MFCC.
   */
  useEnergy?: boolean;
}

/** What cepstra are made of. */
export interface MfccOptions extends MelOptions {
  /** Number of coefficients, the first (C0 or energy) included. Defaults to 13. */
  cepstra?: number;
  /** L in 1 + L / 2 · sin(πi / L), by which coefficient i is multiplied; 0 for 1. Defaults to 22. */
  lifter?: number;
}

/** Where the noise of dither comes from. */
export interface Dithered {
  /** The random stream that dither draws from; needed where `dither` is above 0. */
  rng?: RandomState;
}

const frameFields: Fields<FrameOptions> = {
  sampleRate: number({ min: 100, max: 1e6 }),
  lengthMs: optional(number({ above: 0, max: 1e4 })),
  shiftMs: optional(number({ above: 0, max: 1e4 })),
  window: optional({ is: "choice", of: windowKinds }),
  preemphasis: optional(number({ min: 0, max: 1 })),
  removeDcOffset: optional(flag),
  dither: optional(number({ min: 0 })),
  snipEdges: optional(flag),
};

/** The form of {@link MfccOptions}, those of log-mel among them. */
export const mfccFields: Fields<MfccOptions> = {
  ...frameFields,
  bins: optional(whole({ min: 1, max: 1000 })),
  lowHz: optional(number({ min: 0 })),
  highHz: optional(number()),
  warp: optional(number({ min: 0.5, max: 2 })),
  vtlnLowHz: optional(number({ min: 0 })),
  vtlnHighHz: optional(number()),
  useEnergy: optional(flag),
  cepstra: optional(whole({ min: 1 })),
  lifter: optional(number({ min: 0 })),
};

/** Options of frames with their defaults, checked; lengths in samples, as Kaldi rounds them. */
export interface CompleteFrameOptions extends Required<FrameOptions> {
  readonly length: number;
  readonly shift: number;
  readonly rng?: RandomState;
}

/**
 * Checks the options of features, and completes those of frames.
 *
 * @param what Begins the message, such as "Cannot compute MFCC".
 * @throws {TypeError} If one is of another type.
 * @throws {RangeError} If one is out of range, a frame or shift is shorter than a sample, or there is
 * dither without a source of chance.
 */
export function completeFrameOptions(
  what: string,
  options: MfccOptions & Dithered,
): CompleteFrameOptions {
  for (const [name, { optional: free, ...form }] of Object.entries<KnownForm>(mfccFields)) {
    const value = options[name as keyof MfccOptions];
    if (free && value === undefined) continue;
    requireForm<unknown>(what, form, value, name);
  }
  const complete = {
    sampleRate: options.sampleRate,
    lengthMs: options.lengthMs ?? 25,
    shiftMs: options.shiftMs ?? 10,
    window: options.window ?? "povey",
    preemphasis: options.preemphasis ?? 0.97,
    removeDcOffset: options.removeDcOffset ?? true,
    dither: options.dither ?? 0,
    snipEdges: options.snipEdges ?? true,
    rng: options.rng,
  };
  const samples = (ms: number) => Math.floor(complete.sampleRate * 0.001 * ms);
  const length = samples(complete.lengthMs), shift = samples(complete.shiftMs);
  if (length < 2 || shift < 1) {
    throw new RangeError(
      `${what} as a frame must have at least two samples, and a shift one: ${complete.lengthMs} ` +
        `and ${complete.shiftMs} ms at ${complete.sampleRate} Hz are ${length} and ${shift}`,
    );
  }
  if (complete.dither > 0 && complete.rng === undefined) {
    throw new RangeError(`${what} as dither must come from an rng: it is ${complete.dither}`);
  }
  return { ...complete, length, shift };
}

// deno-lint-ignore no-explicit-any -- a form of any field
type KnownForm = any;
