import { type KeyedRun, type ReadableStore, readSweep, type Run } from "../../experiments/mod.ts";
import type { EvaluationRow } from "../../training/mod.ts";
import {
  alignments,
  type Audience,
  audiences,
  type Cell,
  cellsOf,
  type Timed,
  timedAt,
} from "../speech_setup/mod.ts";
import { roundingErrors } from "./rounding.ts";
import {
  type FrameLength,
  frameLengths,
  hmmRows,
  ITERS,
  type Key,
  type Row,
  sweep,
} from "./sweep.ts";

export { cellAt } from "../alignment_settings/mod.ts";
export { type Audience, audiences, bestCells, leastOf } from "../speech_setup/mod.ts";
export type { Cell, Timed };

/** A way to train, at every seed. */
export interface Trained {
  /** Phone error rate, %. */
  readonly per: readonly number[];
  /** Aligned with the scales of its training. */
  readonly timed: Timed;
}

/** CTC, aligned in every way. */
export interface TrainedCtc extends Trained {
  /** Share of frames in which blank is the most probable label, %. */
  readonly blank: readonly number[];
  /** The first is `timed`. */
  readonly cells: readonly Cell[];
}

/** What voices came to, by way to train. */
export interface Heard {
  readonly ctc: Readonly<Record<FrameLength, TrainedCtc>>;
  /** At 40 ms, with the prior of the sequence. */
  readonly hmm: Readonly<Record<Exclude<Row, "CTC">, Trained>>;
  /** (0.5, 0.3, 0) with the prior of the batch. */
  readonly batch: Trained;
  /** What is true of these sentences: the share of silence at 40 ms, %, and the mean phone, ms. */
  readonly truth: { readonly silence: number; readonly duration: number };
}

/** What the study came to. */
export interface Results extends Readonly<Record<Audience, Heard>> {
  /** What rounding a word's true boundary to the nearest edge of a frame costs, ms on average. */
  readonly rounding: Readonly<Record<FrameLength, number>>;
}

/**
 * Reads the study's results from the store of `results/`, and speaks the sentences whose boundaries
 * are rounded.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const runs = await readSweep(store, "where-words-begin", sweep);
  return { ...gather(runs), rounding: roundingErrors() };
}

/** Puts runs in order, by audience, way to train and seed. */
export function gather(runs: readonly KeyedRun<Key>[]): Pick<Results, Audience> {
  const [known, unseen] = audiences.map((_, audience) => heard(runs, audience));
  return { known, unseen };
}

function heard(runs: readonly KeyedRun<Key>[], audience: number): Heard {
  const rows = (wanted: Omit<Key, "seed">) =>
    runs.filter(({ key }) => Object.entries(wanted).every(([name, value]) => key[name] === value))
      .map(({ run }) => lastRows(run)[audience]);
  const hmm = (row: Row) => trained(rows({ row, frameLength: 4, prior: "sequence" }));
  const ctc = (frameLength: FrameLength) => rows({ row: "CTC", frameLength, prior: "sequence" });
  return {
    ctc: byFrameLength((frameLength) => {
      const found = ctc(frameLength);
      return {
        per: found.map(({ per }) => 100 * per),
        blank: found.map(({ blanks }) => 100 * blanks!.blankRate),
        timed: timedAt(found, 0),
        cells: cellsOf(found, alignments),
      };
    }),
    hmm: Object.fromEntries(hmmRows.map((row) => [row, hmm(row)])) as Heard["hmm"],
    batch: trained(rows({ row: "(0.5, 0.3, 0)", frameLength: 4, prior: "batch" })),
    truth: truthOf(ctc(4)[0]),
  };
}

/** The rows after the last step: known voices, and the unseen one. */
function lastRows({ rows }: Run): EvaluationRow[] {
  return rows.filter(({ iter }) => iter === ITERS);
}

/** An HMM is aligned as it is, and then with the scales of its training, which count. */
function trained(rows: readonly EvaluationRow[]): Trained {
  return { per: rows.map(({ per }) => 100 * per), timed: timedAt(rows, 1) };
}

/**
 * What is true of the sentences, read off any alignment of them: the true mean duration is the one
 * found, less what ends lie too late and starts too early.
 */
function truthOf({ blanks, timing }: EvaluationRow): Heard["truth"] {
  const [{ labelDuration, labels }] = timing!;
  return {
    silence: 100 * blanks!.silence!,
    duration: labelDuration - (labels!.offsetBias - labels!.onsetBias),
  };
}

/** A value for every length of a frame. */
export function byFrameLength<T>(value: (length: FrameLength) => T): Record<FrameLength, T> {
  return Object.fromEntries(frameLengths.map((length) => [length, value(length)])) as Record<
    FrameLength,
    T
  >;
}
