import { gradientAlignment, gradScore, gradScoreExt } from "../../alignment/mod.ts";
import { alignmentRows, type DotRow, dotRows, gradientMatrix, palette } from "../../figures/mod.ts";
import { withPrecision } from "../../numeric/kernels/mod.ts";
import { type Matrix, sequenceAt } from "../../numeric/mod.ts";
import { gradientNorms } from "../../systems/mod.ts";
import { forcedAlignments, type TrainedModel } from "../../training/mod.ts";
import { againstBlank, type HeardSentence, units } from "../balancing_blank_on_speech/mod.ts";
import { aligners, type Results } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = { "speech-gradients": errorsFigure };

const colors: Record<typeof aligners[number], string> = {
  "as it is": palette.muted,
  "against blank": palette.blstm,
  "GradScore": palette.rnn,
  "GradScoreExt": palette.lstm,
};

/** Errors of the baseline by label unit and by how it is aligned. */
function errorsFigure({ errors }: Results): SVGSVGElement {
  const rows = units.flatMap((unit) =>
    aligners.map((aligner): DotRow => ({
      name: `${unit}: ${aligner.startsWith("Grad") ? aligner : `forced, ${aligner}`}`,
      color: colors[aligner],
      values: errors[unit].baseline[aligner].tse,
    }))
  );
  const most = Math.max(...rows.flatMap(({ values }) => values));
  const step = most > 150 ? 50 : 20;
  const ticks = Array.from({ length: Math.ceil(most / step) + 1 }, (_, n) => n * step);
  return dotRows(rows, {
    title: "Gradients place words better where labels are words, and worse where they are small",
    subtitle: "How far the ends of words are from the true ones. A dot is one seed, a bar their " +
      "mean. By gradients with the prior, as in the paper.",
    x: { label: "TSE of words, ms", domain: [0, ticks.at(-1)!], ticks },
    format: (value) => value.toFixed(0),
    left: 230,
  });
}

/** [L, T] log gradient norms of a sentence, with the prior, in single precision as in its training. */
export function normsOf(
  { system, params }: Pick<TrainedModel, "system" | "params">,
  { evaluated: { batch } }: HeardSentence,
): Matrix {
  return withPrecision(
    "single",
    () =>
      gradientNorms(system, params, sequenceAt(batch.x, 0), batch.targets[0], { priorScale: 1 })!,
  );
}

/** How much every frame of a sentence matters for each of its words. */
export function matrixFigure(
  { evaluated: { batch }, labels }: HeardSentence,
  norms: Matrix,
  title: string,
): SVGSVGElement {
  const scores = gradScoreExt(norms);
  return gradientMatrix({
    scores,
    labels,
    truth: batch.spans![0],
    found: gradientAlignment(scores, batch.targets[0]).spans,
    title,
    subtitle: "Log softmax over time of the log gradient norm. Outlined: where the label truly " +
      "is; orange: where GradScoreExt finds it.",
  });
}

/** A sentence aligned by force and by gradients. */
export function rowsFigure(
  { evaluated, labels, bands }: HeardSentence,
  norms: Matrix,
  title: string,
): SVGSVGElement {
  const { batch } = evaluated, [target] = batch.targets;
  return alignmentRows({
    x: bands,
    labels,
    truth: batch.spans![0],
    rows: [
      { name: "forced, as it is", spans: forcedAlignments(evaluated)[0].spans },
      { name: "forced, against blank", spans: forcedAlignments(evaluated, againstBlank)[0].spans },
      { name: "GradScore", spans: gradientAlignment(gradScore(norms), target).spans },
      { name: "GradScoreExt", spans: gradientAlignment(gradScoreExt(norms), target).spans },
    ],
    title,
    subtitle: "Frames of 40 ms. Each bar is the frames of one word; dashed: the true boundaries.",
  });
}
