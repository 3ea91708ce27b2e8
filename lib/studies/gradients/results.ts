import { ctcLoss, ctcMinimumFrames } from "../../criteria/mod.ts";
import { matrix, RandomState } from "../../numeric/mod.ts";
import { spoiltError } from "./spoilt.ts";
import { sampledGradcheck, type TinyGradcheck, tinyGradcheck } from "./tiny_gradcheck.ts";

const T = 4, K = 3;
/** The same label twice, so that a blank must stand in between. */
const target = [1, 1];

/** What gradients are held against, and how far off they are. */
export interface Results {
  /** Per frame and label of a small example: softmax − v, and five-point differences of the loss. */
  readonly closedForm: {
    readonly analytic: readonly number[];
    readonly numeric: readonly number[];
  };
  /** How far differences of three points and of five are from softmax − v at a step of 10^-n. */
  readonly steps: readonly { readonly n: number; readonly three: number; readonly five: number }[];
  readonly reports: Readonly<Record<"blstm" | "lstm", TinyGradcheck>>;
  /** The entry with the largest error, of five more draws of networks and weights. */
  readonly draws: readonly {
    readonly error: number;
    readonly tensor: string;
    readonly analytic: number;
    readonly off: number;
  }[];
  /** The largest error if one tensor's gradient is off by one part in ten thousand. */
  readonly spoilt: number;
  /** "aa" in too few frames and in enough. */
  readonly fits: readonly {
    readonly frames: number;
    readonly needed: number;
    readonly loss: number;
    /** Largest |gradient|. */
    readonly pull: number;
  }[];
}

/** Computes the study's numbers; needs no stored run. */
export function results(): Promise<Results> {
  const rng = new RandomState(2);
  const logits = matrix(T, K, Array.from({ length: T * K }, () => rng.randn()));
  const analytic = [...ctcLoss(logits, target).dLogits.data];
  const lossAt = (i: number, move: number) =>
    ctcLoss(matrix(T, K, logits.data.with(i, logits.data[i] + move)), target).loss;
  const three = (i: number, e: number) => (lossAt(i, e) - lossAt(i, -e)) / (2 * e);
  const five = (i: number, e: number) => (4 * three(i, e) - three(i, 2 * e)) / 3;
  const off = (quotient: typeof three, step: number) =>
    largest(analytic.map((gradient, i) => quotient(i, step) - gradient));
  return Promise.resolve({
    closedForm: { analytic, numeric: analytic.map((_, i) => five(i, 1e-3)) },
    steps: [1, 2, 3, 4, 5, 6, 7].map((n) => {
      return { n, three: off(three, 10 ** -n), five: off(five, 10 ** -n) };
    }),
    reports: { blstm: tinyGradcheck("blstm"), lstm: tinyGradcheck("lstm") },
    draws: [1, 2, 3, 4, 5].map((seed) => {
      const { points } = sampledGradcheck("blstm", seed);
      const worst = points.reduce((a, b) => b.error > a.error ? b : a);
      const { error, tensor, analytic, numeric } = worst;
      return { error, tensor, analytic, off: Math.abs(numeric - analytic) };
    }),
    spoilt: spoiltError(),
    fits: [1, 2, 3, 4].map((frames) => {
      const { loss, dLogits } = ctcLoss(matrix(frames, 2), target);
      return { frames, needed: ctcMinimumFrames(target), loss, pull: largest(dLogits.data) };
    }),
  });
}

/** The largest size of some values; NaN if one is NaN. */
export function largest(values: Iterable<number>): number {
  return Math.max(0, ...[...values].map(Math.abs));
}
