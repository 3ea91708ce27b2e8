import { palette, type TrainingCurve, trainingCurves } from "../../figures/mod.ts";
import type { Results } from "./results.ts";
import { type Kind, kinds } from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "training-curves": (results: Results) => trainingCurves(curvesOf(results)),
};

/** Name and colour of the two models in every figure. */
export const drawn = {
  blstm: { name: "BLSTM", color: palette.blstm },
  lstm: { name: "LSTM", color: palette.lstm },
} as const satisfies Record<Kind, Omit<TrainingCurve, "rows">>;

/** Every training as a curve, BLSTM first. */
export function curvesOf(results: Pick<Results, Kind>): TrainingCurve[] {
  return kinds.flatMap((kind) => results[kind].curves.map((rows) => ({ ...drawn[kind], rows })));
}
