import { type Alignment, gradientAlignment, gradScore, gradScoreExt } from "../../alignment/mod.ts";
import type { LabelledBatch } from "../../corpora/mod.ts";
import { type Matrix, matrix, sequenceAt } from "../../numeric/mod.ts";
import { type LabelGradientOptions, normsOverTime, requireAble } from "../../systems/mod.ts";
import {
  alignmentErrors,
  attentionAlignments,
  forcedAlignments,
  pathAlignments,
  type TrainedModel,
} from "../../training/mod.ts";
import type { SystemName } from "./sweep.ts";

/** Weights of CTC that the gradients of a hybrid are taken with. */
export const ctcWeights: readonly number[] = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Time stamp errors of one model, frames; left out where a system has no such alignment. */
export interface AlignmentErrorsOf {
  /** By the paths of CTC or of a transducer. */
  readonly forced?: number;
  /** By attention weights. */
  readonly weights?: number;
  /** By gradients as "grad-score-ext" reads them; CTC's with the prior, as Table 5 has them. */
  readonly gradients: number;
  /** By gradients as "grad-score" reads them. */
  readonly plain: number;
  /** Of a hybrid, one for each of {@linkcode ctcWeights}. */
  readonly mixed?: readonly number[];
}

/** Aligns held-out sequences in every way that a system has. */
export function alignmentErrorsOf(
  name: SystemName,
  model: TrainedModel,
  batch: LabelledBatch,
): AlignmentErrorsOf {
  const tse = (alignments: readonly Alignment[]) => alignmentErrors([{ batch, alignments }]).tse!;
  const read = (norms: readonly Matrix[], scores: (G: Matrix) => Matrix) =>
    tse(norms.map((G, b) => gradientAlignment(scores(G), batch.targets[b])));
  const own = gradientsOf(model, batch, name === "ctc" ? { priorScale: 1 } : {});
  const norms = own.map((gradients) => normsOverTime(gradients));
  return {
    ...(name !== "attention" && { forced: tse(forcedBy(name, model, batch)) }),
    ...("attentionWeights" in model.system && { weights: tse(attentionAlignments(model, batch)) }),
    gradients: read(norms, gradScoreExt),
    plain: read(norms, gradScore),
    ...(name === "hybrid" && {
      mixed: mixtures(own, gradientsOf(model, batch, { ctcWeight: 1 }))
        .map((norms) => read(norms, gradScoreExt)),
    }),
  };
}

/** [sequences][labels] gradients of every label by the input. */
function gradientsOf(
  { system, params }: TrainedModel,
  { x, targets }: LabelledBatch,
  options: LabelGradientOptions,
): Matrix[][] {
  const able = requireAble("Cannot take gradients", system, "labelGradients");
  return targets.map((target, b) =>
    able.labelGradients(params, sequenceAt(x, b), target, options)!.map((label) => label.dx())
  );
}

/** [weights of CTC][sequences] norms of (1 - λ) said + λ framed, which is the gradient of both, eq. 50. */
function mixtures(
  said: readonly (readonly Matrix[])[],
  framed: readonly (readonly Matrix[])[],
): Matrix[][] {
  return ctcWeights.map((weight) =>
    said.map((labels, b) =>
      normsOverTime(labels.map(({ data, rows, cols }, s) => {
        const other = framed[b][s].data;
        return matrix(rows, cols, data.map((d, i) => (1 - weight) * d + weight * other[i]));
      }))
    )
  );
}

function forcedBy(name: SystemName, model: TrainedModel, batch: LabelledBatch): Alignment[] {
  if (name !== "ctc") return pathAlignments(model, batch);
  const system = requireAble("Cannot align", model.system, "posterior", "topologies");
  const logProbs = system.posterior(model.params, batch.x);
  return forcedAlignments({ batch, logProbs, topologies: system.topologies(batch) });
}
