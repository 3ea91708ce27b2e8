import {
  below,
  type ClaimSpec,
  decimals,
  effect,
  equal,
  lowers,
  type Pair,
  type Row,
} from "../../claims/mod.ts";
import { mean } from "../../numeric/mod.ts";
import type { Variant } from "../gradient_alignment/mod.ts";
import { ctcWeights } from "./alignments.ts";
import { ofCtc, published, table17, table6 } from "./published.ts";
import type { Results } from "./results.ts";
import { encoderNames, systemNames } from "./sweep.ts";
import { titles } from "./titles.ts";

/** What counts as solved, as in the write-up, and the error that tells how soon a training learns. */
const SOLVED = 0.05, LEARNED = 0.2;
const rate = decimals(3);

/** How many sequences a training has heard at the first evaluation from which it stays below a limit. */
export function heardUntil(
  curves: Results["ctc"]["curves"],
  limit: number,
): number[] {
  return curves.map((points) => {
    const last = points.findLastIndex(({ error }) => !(error < limit));
    return points[last + 1]?.heard ?? Infinity;
  });
}

/** The least of the hybrid's errors by the weight of CTC, of means over seeds. */
export function bestWeight({ hybrid: { mixed } }: Pick<Results, "hybrid">): number {
  const means = mixed!.map((errors) => mean(errors));
  return ctcWeights[means.indexOf(Math.min(...means))];
}

/** What all systems can do, which of their gradients align, and with which weight. */
export function claims(results: Results): ClaimSpec[] {
  const { ctc, attention, hybrid } = results;
  const variants = { GradScoreExt: "gradients", GradScore: "plain" } as const;
  const at = (ctcWeight: number) => hybrid.mixed![ctcWeights.indexOf(ctcWeight)];
  const alone = (ctcWeight: number): Row => {
    const theirs = (weight: number) =>
      table17.GradScoreExt.find((row) => row.ctcWeight === weight)!.tse;
    const pair: Pair = { values: at(0), base: at(ctcWeight) };
    return effect(
      `TSE of the hybrid: attention alone / ${ctcWeight} of CTC`,
      theirs(0) / theirs(ctcWeight),
      pair,
    );
  };
  return [{
    kind: "question",
    title: "Do all four systems solve the corpus, on either encoder?",
    source: "ours",
    states: "mixed",
    rows: systemNames.flatMap((name) =>
      encoderNames.map((encoder) =>
        below(
          `label error rate: ${titles[name]}, encoder ${encoder}`,
          SOLVED,
          results[name].errors[encoder],
          { expected: `solved, below ${SOLVED}`, format: rate },
        )
      )
    ),
  }, {
    kind: "question",
    title: "Does attention learn from fewer sequences with CTC beside it?",
    source: "ours; joint training is Kim, Hori & Watanabe 2017's",
    states: "undecided",
    rows: [
      lowers(`sequences heard until ${LEARNED}: hybrid / attention`, {
        values: heardUntil(hybrid.curves, LEARNED),
        base: heardUntil(attention.curves, LEARNED),
      }, { expected: "fewer" }),
    ],
  }, {
    kind: "reproduction",
    title: "Gradients of an attention encoder–decoder align better than those of CTC",
    source: `the alignment paper, section 7.4, Table 6: "${published.better}"`,
    states: "not reproduced",
    rows: (Object.keys(variants) as Variant[]).map((variant) =>
      effect(
        `TSE, ${variant}: attention / CTC with the prior`,
        table6[variant].tse / ofCtc[variant],
        { values: attention[variants[variant]], base: ctc[variants[variant]] },
      )
    ),
  }, {
    kind: "reproduction",
    title: "The best weight in a hybrid is attention alone",
    source: `the alignment paper, appendix A.7, Table 17: "${published.alone}"`,
    states: "undecided",
    rows: [
      equal("weight of CTC with the least TSE, of means", 0, bestWeight(results)),
      alone(0.1),
      alone(1),
    ],
  }];
}
