import { decodeCheckpoint, encodeCheckpoint } from "../models/mod.ts";
import type { Params } from "../numeric/mod.ts";
import type { Experiment } from "../training/mod.ts";
import { type Run, runName, runText } from "./run.ts";

/**
 * Runs of a whole sweep as they stand in one file, in the order of their names.
 *
 * @example
 * ```ts
 * import { bundleText, parseBundle } from "lib/experiments/bundle.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseBundle(bundleText([])), new Map());
 * ```
 */
export function bundleText(runs: readonly Run[]): string {
  const texts = runs.map((run) => [runName(run.experiment), runText(run).trimEnd()])
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([, text]) => text);
  return `{\n"format": 1,\n"runs": [\n${texts.join(",\n")}\n]\n}\n`;
}

/**
 * The runs of a file, unchecked, by the names that their experiments have.
 *
 * @throws {SyntaxError} If the text is not a bundle.
 */
export function parseBundle(text: string): Map<string, unknown> {
  const bundle = JSON.parse(text);
  if (bundle?.format !== 1 || !Array.isArray(bundle.runs)) {
    throw new SyntaxError('it must be { "format": 1, "runs": […] }');
  }
  return new Map(bundle.runs.map((run: Partial<Run> | null) => {
    if (typeof run?.experiment !== "object") throw new SyntaxError("a run has no experiment");
    return [runName(run.experiment), run];
  }));
}

/** Final weights of several runs as the bytes of one safetensors file: `RUN/weight`. */
export function encodeWeights(weights: ReadonlyMap<string, Params>): Uint8Array<ArrayBuffer> {
  const names = [...weights.keys()].sort();
  return encodeCheckpoint(Object.fromEntries(
    names.flatMap((run) =>
      Object.entries(weights.get(run)!).map(([name, value]) => [`${run}/${name}`, value])
    ),
  ));
}

/**
 * What {@linkcode encodeWeights} wrote, by the names of the runs.
 *
 * @throws {SyntaxError} If the bytes are not such a file.
 */
export function decodeWeights(bytes: Uint8Array): Map<string, Params> {
  const weights = new Map<string, Params>();
  for (const [place, value] of Object.entries(decodeCheckpoint(bytes).params)) {
    const [run, ...name] = place.split("/");
    if (!weights.has(run)) weights.set(run, {});
    weights.get(run)![name.join("/")] = value;
  }
  return weights;
}

/** The same weights as those of another spelling of their experiment. */
export function weightsOf(experiment: Experiment, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeCheckpoint(decodeCheckpoint(bytes).params, {
    experiment: JSON.stringify(experiment),
  });
}
