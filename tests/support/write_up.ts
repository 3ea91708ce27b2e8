import { type Matrix, matrix, type Params } from "lib/numeric/mod.ts";
import type { ModelOptions } from "lib/training/mod.ts";
import blstm from "../fixtures/reference-blstm-seed0.json" with { type: "json" };
import lstm from "../fixtures/reference-uni-seed0.json" with { type: "json" };

/** What the write-up's NumPy code gave at seed 0. */
export const writeUp = { blstm, lstm };

/** The write-up's weights or gradients under our names and shapes. */
export function underOurNames(
  kind: ModelOptions["kind"],
  tensors: Record<string, readonly number[] | readonly (readonly number[])[]>,
): Params {
  const name = (theirs: string) =>
    theirs === "Wy"
      ? "1.W"
      : theirs === "by"
      ? "1.b"
      : kind === "blstm"
      ? `0.${theirs}`
      : `0.${theirs.replace("fwd.", "")}`;
  return Object.fromEntries(
    Object.entries(tensors).map(([theirs, value]) => [name(theirs), asMatrix(value)]),
  );
}

function asMatrix(value: readonly number[] | readonly (readonly number[])[]): Matrix {
  const rows = Array.isArray(value[0]) ? value.length : 1;
  const data = value.flat() as number[];
  return matrix(rows, data.length / rows, data);
}
