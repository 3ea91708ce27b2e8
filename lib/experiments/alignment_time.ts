import {
  alignmentErrors,
  type EvaluatedBatch,
  type ForcedAlignmentOptions,
  forcedAlignments,
  heldOutBatch,
  readModel,
} from "../training/mod.ts";
import { silenceRatio } from "../metrics/mod.ts";
import { type Spread, spreadOf } from "../numeric/mod.ts";
import { readWeights } from "./read_runs.ts";
import type { RunStore } from "./store.ts";
import type { Verdict } from "./table.ts";
import { writeUpExperiment } from "./write_up.ts";

/** What an alignment with a blank shift and a prior scale comes to. */
type Setting = Required<ForcedAlignmentOptions>;

/** A line of Table 14: errors in ms, silence in percent, of which the truth has 18. */
export interface AlignmentTimeRow extends Setting {
  /** Left and right boundaries. */
  readonly tse: number;
  readonly tseCenter: number;
  readonly silence: number;
}

/** The means over models of an alignment with a setting, times in frames. */
export interface AlignmentTimeCell extends Setting {
  readonly tse: number;
  readonly tseCenter: number;
  /** Share of frames aligned to blank. */
  readonly silenceRatio: number;
  /** Errors over those with neither shift nor prior, model by model. */
  readonly relative: { readonly tse: Spread; readonly tseCenter: Spread };
  /** Blank over the true silence, model by model. */
  readonly silence: Spread;
}

/** A line of Table 14 beside our cell at the same setting. */
export interface AlignmentTimeComparison {
  readonly theirs: AlignmentTimeRow;
  readonly ours: AlignmentTimeCell;
  /** Theirs, over those with neither. */
  readonly relative: { readonly tse: number; readonly tseCenter: number };
  /** Which of the relative errors are apart. */
  readonly apart: readonly ("tse" | "tseCenter")[];
  readonly verdict: Verdict;
}

/** The seeds of the write-up's BLSTMs whose weights are kept. */
export const alignmentTimeSeeds: readonly number[] = [0, 1, 2, 3, 4];

/** Shifts and scales that are tried: those of Table 14, between them, and past its largest scale. */
export const alignmentTimeGrid = {
  blankShifts: [0, -2, -5, -8, -10, -12, -15, -18, -20],
  priorScales: [0, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 12],
} as const;

const line = (
  ...[priorScale, blankShift, tse, tseCenter, silence]: readonly number[]
): AlignmentTimeRow => ({ priorScale, blankShift, tse, tseCenter, silence });

/** Source: the alignment paper, appendix A.6, Table 14. */
export const alignmentTimeRows: readonly AlignmentTimeRow[] = [
  line(0, 0, 111.5, 52.9, 80.8),
  line(0, -5, 110.7, 53, 78.6),
  line(0, -10, 93.1, 47.2, 59.3),
  line(0, -15, 93.7, 61.1, 37.3),
  line(0, -18, 134.7, 104.8, 18.2),
  line(0, 0, 111.5, 52.9, 80.8),
  line(1, 0, 98.2, 47.1, 69.6),
  line(1.5, 0, 86, 58.9, 48.1),
  line(2, 0, 74.3, 62.2, 24.2),
  line(3, 0, 320.1, 301.1, 0),
  line(1, 0, 98.2, 47.1, 69.6),
  line(1, -5, 73, 46.2, 44.8),
  line(1, -10, 68.2, 52, 21.8),
  line(1, -15, 105.6, 89.6, 1.2),
  line(1, -20, 110.7, 94.7, 0),
];

/**
 * 32 fresh sequences for each of the write-up's BLSTMs, as their model sees them.
 *
 * @param store The store of `results/`.
 * @throws {MissingRunError} If a model is not there.
 */
export async function alignmentTimeBatches(
  store: Pick<RunStore, "readWeights">,
): Promise<EvaluatedBatch[]> {
  return await Promise.all(alignmentTimeSeeds.map(async (seed) => {
    const experiment = writeUpExperiment("blstm", seed, { fineEvery: 10 });
    return heldOutBatch(readModel(await readWeights(store, experiment)), 32);
  }));
}

/** The cells of {@link alignmentTimeGrid}, each the means over batches of one model each. */
export function alignmentTimeCells(batches: readonly EvaluatedBatch[]): AlignmentTimeCell[] {
  const truth = batches.map(({ batch }) => silenceRatio(batch.alignment));
  const aligned = (setting: ForcedAlignmentOptions) =>
    batches.map((evaluated) => {
      const alignments = forcedAlignments(evaluated, setting);
      const { tse, tseCenter, silenceRatio } = alignmentErrors([{ ...evaluated, alignments }]);
      return { tse: tse!, tseCenter: tseCenter!, silenceRatio: silenceRatio! };
    });
  const neither = aligned({});
  const { blankShifts, priorScales } = alignmentTimeGrid;
  return blankShifts.flatMap((blankShift) =>
    priorScales.map((priorScale) => {
      const errors = aligned({ blankShift, priorScale });
      const mean = (of: keyof typeof errors[number]) => spreadOf(errors.map((e) => e[of])).mean;
      const relative = (of: "tse" | "tseCenter") =>
        spreadOf(errors.map((e, n) => e[of] / neither[n][of]));
      return {
        blankShift,
        priorScale,
        tse: mean("tse"),
        tseCenter: mean("tseCenter"),
        silenceRatio: mean("silenceRatio"),
        relative: { tse: relative("tse"), tseCenter: relative("tseCenter") },
        silence: spreadOf(errors.map((e, n) => e.silenceRatio / truth[n])),
      };
    })
  );
}

/** The cells of least error: of neither, of one knob alone, and of both; and the paper's best. */
export function bestCells(
  cells: readonly AlignmentTimeCell[],
): Record<"neither" | "shift" | "prior" | "both" | "paper's best", AlignmentTimeCell> {
  const least = (is: (cell: AlignmentTimeCell) => boolean) =>
    cells.filter(is).reduce((a, b) => b.tse < a.tse ? b : a);
  return {
    neither: least((c) => c.blankShift === 0 && c.priorScale === 0),
    shift: least((c) => c.blankShift !== 0 && c.priorScale === 0),
    prior: least((c) => c.blankShift === 0 && c.priorScale !== 0),
    both: least((c) => c.blankShift !== 0 && c.priorScale !== 0),
    "paper's best": least((c) => c.blankShift === -10 && c.priorScale === 1),
  };
}

/**
 * Sets every line of Table 14 beside our cell at its shift and scale, as ratios to the errors with
 * neither, and judges it. The paper has one model, so that the spread is ours:
 *
 * - *reproduced*: both ratios of theirs lie within max(2σ, 0.02) of our means;
 * - *same direction*: one lies farther off;
 * - *not reproduced*: the boundaries are better than with neither for one and worse for the other,
 *   by more than 2 % each.
 *
 * @throws {RangeError} If a line has no cell.
 */
export function compareAlignmentTime(
  cells: readonly AlignmentTimeCell[],
): AlignmentTimeComparison[] {
  const [neither] = alignmentTimeRows;
  return alignmentTimeRows.map((theirs) => {
    const { blankShift, priorScale } = theirs;
    const ours = cells.find((c) => c.blankShift === blankShift && c.priorScale === priorScale);
    if (ours === undefined) {
      throw new RangeError(
        `Cannot compare Table 14 as there is no cell at shift ${blankShift}, scale ${priorScale}`,
      );
    }
    const relative = {
      tse: theirs.tse / neither.tse,
      tseCenter: theirs.tseCenter / neither.tseCenter,
    };
    return { theirs, ours, relative, ...judgeRatios(relative, ours.relative) };
  });
}

/** The verdict on ratios to the errors with neither, see {@link compareAlignmentTime}. */
export function judgeRatios(
  theirs: AlignmentTimeComparison["relative"],
  ours: AlignmentTimeCell["relative"],
): Pick<AlignmentTimeComparison, "apart" | "verdict"> {
  const apart = (["tse", "tseCenter"] as const).filter((of) => {
    const { mean, deviation } = ours[of];
    return !(Math.abs(theirs[of] - mean) <= Math.max(2 * deviation, LEAST) + 1e-9);
  });
  const [a, b] = [theirs.tse - 1, ours.tse.mean - 1];
  const opposed = a * b < 0 && Math.min(Math.abs(a), Math.abs(b)) > LEAST;
  if (opposed) return { apart, verdict: "not reproduced" };
  return { apart, verdict: apart.length === 0 ? "reproduced" : "same direction" };
}

/** Ratios that are nearer than this are alike. */
const LEAST = 0.02;
