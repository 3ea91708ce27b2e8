import { type DataSet, requireKnown } from "../../corpora/mod.ts";
import { type Fields, optional } from "../../form/mod.ts";
import type { BlankDiagnostics } from "../../metrics/mod.ts";
import { keepsFrames } from "../../models/mod.ts";
import { requireAble, type System } from "../../systems/mod.ts";
import { alignmentMeasure, type AlignmentMetrics, type AlignmentOptions } from "./alignment.ts";
import { alignmentsMeasure, type OwnAlignment } from "./alignments.ts";
import { blankMeasure } from "./blanks.ts";
import { type ErrorOptions, type Errors, errorsMeasure } from "./errors.ts";
import { frameMeasure, type FrameMetrics, type FrameOptions } from "./frames.ts";
import type { Evaluated, Measure, PosteriorBatch } from "./measure.ts";
import { type Timing, timingMeasure, type TimingOptions } from "./timing.ts";
import type { ValueKind } from "./value_kinds.ts";

/** What a grid of evaluations may ask for, by name. */
export interface MeasureOptions {
  /** Aligns these sequences, too, and adds {@link AlignmentMetrics}; defaults to not at all. */
  readonly alignment?: AlignmentOptions;
  /** Aligns them in each of these ways, and adds an {@link OwnAlignment} for each; defaults to none. */
  readonly alignments?: readonly AlignmentOptions[];
  /** Compares the best path with the true labels, frame by frame; defaults to not at all. */
  readonly frames?: FrameOptions;
  /** Adds blank rate, spikes and entropy of the posteriors; defaults to false. */
  readonly blanks?: boolean;
  /** Aligns these sequences in one or more ways, and times them in milliseconds; defaults to not at all. */
  readonly timing?: TimingOptions;
  /** Counts edits, of labels as they are or folded, greedily or with beams; defaults to not at all. */
  readonly errors?: ErrorOptions;
}

/** What was found, under the names by which a grid asked for it. */
export interface MeasureResults {
  /** Where the grid asks for an alignment. */
  alignment?: AlignmentMetrics;
  /** Where the grid asks for alignments, in its order. */
  alignments?: readonly OwnAlignment[];
  /** Where the grid asks for frames. */
  frames?: FrameMetrics;
  /** Where the grid asks for blanks. */
  blanks?: BlankDiagnostics;
  /** One for each of the ways to align that the grid asks for. */
  timing?: readonly Timing[];
  /** One for each of the decoders that the grid asks for. */
  errors?: readonly Errors[];
}

/** The name of a measure, under which a grid asks for it and a row has what was found. */
export type MeasureName = keyof MeasureOptions;
type Measures = {
  readonly [N in MeasureName]-?: Measure<Required<MeasureOptions>[N], Required<MeasureResults>[N]>;
};

/** Every measure by its name, in the order in which they stand in a row. */
const measures: Measures = {
  alignment: alignmentMeasure,
  alignments: alignmentsMeasure,
  frames: frameMeasure,
  blanks: blankMeasure,
  timing: timingMeasure,
  errors: errorsMeasure,
};

/** The names of all measures. */
export const measureNames: readonly MeasureName[] = Object.keys(measures) as MeasureName[];

/** The form of what a grid may ask for. */
export const measureFields = byName((name) =>
  optional(measures[name].form as { is: string })
) as unknown as Fields<MeasureOptions>;

/** What stands in a row for every measure. */
export const measureRowForms = byName((name) => measures[name].rowForm) as Readonly<
  Record<MeasureName, ValueKind>
>;

/** The measures that a grid asks for. */
export function askedMeasures(grid: MeasureOptions): MeasureName[] {
  return measureNames.filter((name) => Boolean(grid[name]));
}

/** What a grid asks for, measured. */
export function measured(
  grid: MeasureOptions,
  batches: readonly PosteriorBatch[],
  of: Evaluated,
): MeasureResults {
  return Object.fromEntries(
    askedMeasures(grid).map((name) => {
      const measure = measures[name] as Measure<unknown, unknown>;
      return [name, measure.compute(batches, grid[name], of)];
    }),
  );
}

/**
 * Checks that what a grid asks for can be measured, before anything runs.
 *
 * @throws {RangeError} If the data set does not know, or the system cannot give, what a measure needs.
 */
export function requireMeasurable(
  grid: MeasureOptions,
  { system, data }: { readonly system: System; readonly data: DataSet },
): void {
  for (const name of askedMeasures(grid)) {
    const { needs, check } = measures[name] as Measure<unknown, unknown>;
    const what = `Cannot measure "${name}"`;
    requireKnown(what, needs.data, data);
    requireAble(what, system, ...needs.system);
    check?.(grid[name], { system, data });
    if (!needs.data.includes("alignment") || keepsFrames(system)) continue;
    throw new RangeError(
      `${what} as the model must have an output for every frame: it has ` +
        `${system.frames(1000)} for 1000 frames, as one that halves time has`,
    );
  }
}

function byName<T>(of: (name: MeasureName) => T): Record<string, T> {
  return Object.fromEntries(measureNames.map((name) => [name, of(name)]));
}
