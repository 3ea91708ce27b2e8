import { type Alignment, gradientAlignment, gradScore, gradScoreExt } from "../../alignment/mod.ts";
import { type Matrix, sequenceAt } from "../../numeric/mod.ts";
import { type GradientNormOptions, gradientNorms } from "../../systems/mod.ts";
import { forcedAlignments } from "../../training/mod.ts";
import type { EvaluatedModel } from "./models.ts";

/** Gradient norms [L, T] of every sequence of a model, taken in four ways. */
export interface Gradients {
  /** As the paper takes them: without the gradient of blank's logit. */
  readonly masked: readonly Matrix[];
  /** With it. */
  readonly whole: readonly Matrix[];
  /** A path counts only where it enters the label. */
  readonly entered: readonly Matrix[];
  /** Posteriors are divided by the prior. */
  readonly divided: readonly Matrix[];
}

/** Gradient norms of every sequence of a model. */
export function norms(
  { trained, evaluated }: EvaluatedModel,
  options: GradientNormOptions = {},
): Matrix[] {
  const { system, params } = trained;
  const { x, targets, words } = evaluated.batch;
  return targets.map((target, b) =>
    gradientNorms(system, params, sequenceAt(x, b), target, { ...options, words: words?.[b] })!
  );
}

/** Gradient norms of every sequence of a model, taken in every way. */
export function gradientsOf(model: EvaluatedModel): Gradients {
  return {
    masked: norms(model),
    whole: norms(model, { maskBlank: false }),
    entered: norms(model, { prefix: "entered" }),
    divided: norms(model, { priorScale: 1 }),
  };
}

/** All ways to align, by the names that tables give them. */
export const aligners = {
  "forced": ({ evaluated }) => forcedAlignments(evaluated),
  "forced, against blank": ({ evaluated }) =>
    forcedAlignments(evaluated, { blankShift: -2, priorScale: 0.5 }),
  "GradScore": (model, { masked }) => read(model, masked, gradScore),
  "GradScore, γ = −4": (model, { masked }) =>
    read(model, masked, (G) => gradScore(G, { blankScore: -4 })),
  "GradScoreExt": (model, { masked }) => read(model, masked, gradScoreExt),
  "GradScore, prior": (model, { divided }) => read(model, divided, gradScore),
  "GradScoreExt, prior": (model, { divided }) => read(model, divided, gradScoreExt),
  "GradScore, unmasked": (model, { whole }) => read(model, whole, gradScore),
  "GradScoreExt, unmasked": (model, { whole }) => read(model, whole, gradScoreExt),
  "GradScoreExt, entered once": (model, { entered }) => read(model, entered, gradScoreExt),
} satisfies Readonly<
  Record<string, (model: EvaluatedModel, gradients: Gradients) => readonly Alignment[]>
>;

/** One of {@linkcode aligners}. */
export type Aligner = keyof typeof aligners;

/** Their names, in order. */
export const alignerNames = Object.keys(aligners) as Aligner[];

function read(
  { evaluated: { batch } }: EvaluatedModel,
  gradients: readonly Matrix[],
  score: (G: Matrix) => Matrix,
): Alignment[] {
  return gradients.map((G, b) => gradientAlignment(score(G), batch.targets[b]));
}
