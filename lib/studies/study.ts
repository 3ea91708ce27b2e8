import type { ClaimSpec } from "../claims/mod.ts";
import type { ReadableStore, Sweep } from "../experiments/mod.ts";

/**
 * One study: what a source says, the trainings that put it to the test, and what they came to. The
 * notebook, CLAIMS.md and the exported figures all read the same claims and figures.
 */
export interface Study<Results = unknown> {
  /** The notebook that tells it, without folder and ending. */
  readonly notebook: string;
  /** Its sweeps by name; `deno task sweep NAME` runs them. */
  readonly sweeps: Readonly<Record<string, Sweep>>;
  /** Reads its runs, or computes what needs none, and makes numbers of them. */
  readonly results: (store: ReadableStore) => Promise<Results>;
  /** What is claimed, judged by the results. */
  readonly claims: (results: Results) => readonly ClaimSpec[];
  /**
   * Its figures: an SVG element by the name of its PNG file in `figures/`, without ending; or the
   * bytes of a GIF by the whole name of its file.
   */
  readonly figures: Readonly<Record<string, (results: Results) => Figure | Promise<Figure>>>;
}

/** What a figure is drawn as. */
export type Figure = SVGSVGElement | Uint8Array<ArrayBuffer>;
