import type { Segment } from "../../alignment/mod.ts";

/** One recording and what is said in it. */
export interface Utterance {
  /** What it is called in messages, such as its path. */
  readonly name: string;
  /** Who speaks, by name. */
  readonly speaker: string;
  /** Full scale is ±32768. */
  readonly samples: Int16Array;
  /** Labels by name in the order of time, silences among them; they do not overlap. */
  readonly segments?: readonly Segment[];
  /** Labels by name in order, where their times are not known. */
  readonly labels?: readonly string[];
  /** Words in the order of time, which may overlap and leave gaps. */
  readonly words?: readonly Segment[];
}

/** Which labels there are, and what becomes of silence. */
export interface Inventory {
  /** The name of every label by its number; that of blank, 0, is "ε". */
  readonly names: readonly string[];
  /** Names of segments that are silence. */
  readonly silences: readonly string[];
  /**
   * The label of silence. If it is 0, silence is no part of targets and left to blank; else silences
   * stand in targets like other labels.
   */
  readonly silence: number;
}

/** Samples -1 … 1 as 16-bit ones. */
export function toInt16(samples: Float64Array): Int16Array<ArrayBuffer> {
  return Int16Array.from(samples, (x) => Math.max(-32768, Math.min(32767, Math.round(32768 * x))));
}

/** 16-bit samples as -1 … 1. */
export function fromInt16(samples: Int16Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(samples, (x) => x / 32768);
}
