/**
 * Plots of plain data, as SVG elements: Observable Plot over jsdom, in the fonts that come along.
 * They know no study and no run, and need no permission. Outside this repository, type-checking
 * needs the page's types: `"compilerOptions": { "lib": ["deno.window", "dom", "dom.iterable"] }`.
 *
 * @example
 * ```ts
 * import { Plot, plot, toPng } from "lib/figures/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const svg = plot({ marks: [Plot.lineY([3, 1, 0])] });
 * assertEquals((await toPng(svg)).subarray(1, 4), new TextEncoder().encode("PNG"));
 * ```
 *
 * @module
 */
export * from "./accuracy_by_place.ts";
export * from "./alignment_grid.ts";
export * from "./alignment_rows.ts";
export * from "./automata.ts";
export * from "./gradient_matrix.ts";
export * from "./corpus_signatures.ts";
export * from "./corpus_sample.ts";
export type { SequenceData } from "./alignment_parts.ts";
export * from "./ctc_alignment.ts";
export * from "./ctc_gradient.ts";
export * from "./gradcheck_scatter.ts";
export * from "./lattice.ts";
export * from "./lattice_paths.ts";
export * from "./palette.ts";
export * from "./paper_comparison.ts";
export * from "./training_curves.ts";
export * from "./weight_matrices.ts";
export * from "./training_frame.ts";
export * from "./errors_by_position.ts";
export * from "./dot_rows.ts";
export * from "./framewise_errors.ts";
export * from "./iterations_to_solve.ts";
export * from "./value_map.ts";
export * from "./line_panels.ts";
export * from "./mean_line.ts";
export * from "./stacked_bars.ts";
export * from "./panels.ts";
export * from "./plot.ts";
export * from "./recording_alignment.ts";
export * from "./png.ts";
export * from "./gif.ts";
export * from "./spectrogram.ts";
export * from "./value_image.ts";
export * from "./value_squares.ts";
export type {
  AxisXOptions,
  AxisYOptions,
  CompoundMark,
  Markish,
  PlotOptions,
} from "./libraries/plot.ts";
/** The marks and scales of Observable Plot, to be drawn by `plot()`, which works in the kernel. */
export * as Plot from "./libraries/plot.ts";
