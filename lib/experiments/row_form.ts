import type { AlignmentMetrics, EvaluationRow, FrameMetrics } from "../training/mod.ts";
import type { BlankDiagnostics } from "../metrics/mod.ts";

/** What a value of a row must be. */
interface Kind {
  readonly is: string;
  readonly holds: (value: unknown) => boolean;
}

const number = (is: string, holds: (x: number) => boolean): Kind => ({
  is,
  holds: (value) => typeof value === "number" && holds(value),
});
const count = number("a whole number >= 0", (x) => Number.isSafeInteger(x) && x >= 0);
const rate = number("a finite number >= 0", (x) => Number.isFinite(x) && x >= 0);
const share = number("a number from 0 to 1", (x) => x >= 0 && x <= 1);
const loss = number("a finite number or Infinity", (x) => x > -Infinity);
/** NaN where there was nothing to measure. */
const measure = number("a number, Infinity or NaN", (x) => x !== -Infinity);

const alignment: Record<keyof AlignmentMetrics, Kind> = {
  frameCe: loss,
  blankPosterior: share,
  tse: measure,
  tseCenter: measure,
  onset: measure,
  offset: measure,
  onsetBias: measure,
  offsetBias: measure,
  silenceRatio: measure,
  labelDuration: measure,
  unaligned: count,
};

const blanks: Record<keyof BlankDiagnostics, Kind> = {
  blankRate: share,
  blankPosterior: share,
  spikesPerLabel: measure,
  spikeWidth: measure,
  entropy: measure,
  silence: share,
  blankInSilence: measure,
  blankInPhones: measure,
};

const places: Kind = {
  is: "shares at the start and at the end",
  holds: (value) => {
    const { start, end, ...rest } = Object(value);
    return [start, end].every((list) => Array.isArray(list) && list.every(measure.holds)) &&
      Object.keys(rest).length === 0;
  },
};
const frames: Record<keyof FrameMetrics, Kind> = { accuracy: share, byPosition: places };

const row: Record<keyof EvaluationRow, Kind> = {
  every: count,
  iter: count,
  nll: loss,
  per: rate,
  seqAcc: share,
  infeasible: count,
  alignment: recordOf(alignment, ["frameCe", "blankPosterior", "unaligned"]),
  frames: recordOf(frames, ["accuracy"]),
  blanks: recordOf(blanks, ["blankRate", "blankPosterior", "entropy", "silence"]),
};
const always = ["every", "iter", "nll", "per", "seqAcc", "infeasible"];

/**
 * What is wrong with the form of an evaluation row, in words; undefined if nothing is.
 *
 * The loss is finite or Infinity, error rates and counts are finite, and only measures of what may
 * not occur at all can be NaN.
 */
export function rowFault(value: unknown): string | undefined {
  return fault(value, row, always);
}

function recordOf(kinds: Readonly<Record<string, Kind>>, needed: readonly string[]): Kind {
  return {
    is: `a record of ${Object.keys(kinds).join(", ")}`,
    holds: (value) => fault(value, kinds, needed) === undefined,
  };
}

function fault(
  value: unknown,
  kinds: Readonly<Record<string, Kind>>,
  needed: readonly string[],
): string | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return `it must be a record: it is ${JSON.stringify(value)}`;
  }
  const missing = needed.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return `"${missing}" is missing`;
  for (const [name, found] of Object.entries(value)) {
    if (!Object.hasOwn(kinds, name)) return `nobody knows ${JSON.stringify(name)}`;
    const { is, holds } = kinds[name];
    if (!holds(found)) return `"${name}" must be ${is}: it is ${shown(found)}`;
  }
  return undefined;
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
