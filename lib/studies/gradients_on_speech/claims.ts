import {
  type ClaimSpec,
  type Contender,
  decimals,
  effect,
  lowers,
  ordered,
  type Pair,
} from "../../claims/mod.ts";
import { mainMethods, type Unit, units } from "../balancing_blank_on_speech/mod.ts";
import { forced, table16, table5, type Variant } from "./published.ts";
import type { Aligner, Results, Trained } from "./results.ts";

/** The paper's labels that are about as many as ours, and its names of what is trained. */
const labelsOf = { letters: "SPM 512", phones: "SPM 512", words: "SPM 10k" } as const;
const methodOf = {
  "baseline": "–",
  "normalised, batch": "Normed grad",
  "separated blank": "Blank sep",
} as const;
const variants: readonly Variant[] = ["GradScoreExt", "GradScore"];
const few = ["letters", "phones"] as const;
/** Units whose baseline is also aligned as in Table 16. */
export const masked = ["phones", "words"] as const;

/** What the paper says of alignments from gradients, judged by our runs. */
export function claims({ errors }: Results): ClaimSpec[] {
  const tse = (unit: Unit, method: Trained, aligner: Aligner) => errors[unit][method][aligner].tse;
  const pair = (unit: Unit, method: Trained, aligner: Aligner, base: Aligner): Pair => ({
    values: tse(unit, method, aligner),
    base: tse(unit, method, base),
  });
  const againstForced = (unit: Unit, method: Trained) =>
    effect(
      `word TSE, ${unit}, ${method}: GradScoreExt / forced against blank`,
      published("GradScoreExt", unit, method)! / publishedForced(unit, method)!,
      pair(unit, method, "GradScoreExt", "against blank"),
    );
  const variant = (unit: Unit, method: Trained) =>
    effect(
      `word TSE, ${unit}, ${method}: GradScoreExt / GradScore`,
      published("GradScoreExt", unit, method)! / published("GradScore", unit, method)!,
      pair(unit, method, "GradScoreExt", "GradScore"),
    );
  const spread = (name: string, aligner: Aligner): Contender => {
    const columns = units.flatMap((unit) => mainMethods.map((m) => tse(unit, m, aligner)));
    return { name, values: columns[0].map((_, seed) => ratioOfEnds(columns.map((c) => c[seed]))) };
  };
  const counterparts = few.flatMap((unit) =>
    mainMethods.filter((method) => published("GradScore", unit, method) !== undefined)
      .map((method) => [unit, method] as const)
  );
  return [{
    kind: "reproduction",
    title: "Of many labels, gradients place words better than forced alignment against blank",
    source: "the alignment paper, section 7.4, Tables 4 and 5",
    states: "undecided",
    rows: mainMethods.map((method) => againstForced("words", method)),
  }, {
    kind: "reproduction",
    title: "Of few labels, forced alignment against blank places words better than gradients",
    source: "the alignment paper, section 7.4, Tables 4 and 5",
    states: "same direction",
    rows: counterparts.map(([unit, method]) => againstForced(unit, method)),
  }, {
    kind: "question",
    title: "Do gradients place words better than forced alignment with CTC as it comes?",
    source: "ours, after a first try in which they lost on phones and won on words",
    states: "mixed",
    rows: units.map((unit) =>
      lowers(
        `word TSE, ${unit}, baseline: GradScoreExt / forced as it is`,
        pair(unit, "baseline", "GradScoreExt", "as it is"),
      )
    ),
  }, {
    kind: "reproduction",
    title: "GradScoreExt is a bit better than GradScore of many labels, slightly worse of few",
    source: "the alignment paper, section 7.4, Table 5",
    states: "not reproduced",
    rows: [
      ...mainMethods.map((method) => variant("words", method)),
      ...counterparts.map(([unit, method]) => variant(unit, method)),
    ],
  }, {
    kind: "reproduction",
    title: "Alignments from gradients vary less from model to model than forced alignments",
    source: "the alignment paper, section 7.4, Tables 4 and 5",
    states: "reproduced",
    rows: [
      ordered(
        "largest / smallest word TSE over units and methods",
        spread("GradScoreExt", "GradScoreExt"),
        spread("forced against blank", "against blank"),
        { format: decimals(2), expected: `${rangeOf("GradScoreExt")} below ${rangeOf()}` },
      ),
    ],
  }, {
    kind: "reproduction",
    title: "Leaving out the gradient of blank's logit helps slightly",
    source: "the alignment paper, appendix A.7, Table 16",
    states: "undecided",
    rows: masked.flatMap((unit) =>
      variants.map((variant) =>
        effect(
          `word TSE, ${unit}, baseline, no prior: ${variant} / ${variant}, unmasked`,
          maskedTse(variant, true) / maskedTse(variant, false),
          pair(unit, "baseline", `${variant}, no prior`, `${variant}, unmasked`),
        )
      )
    ),
  }];
}

/** The paper's TSE by gradients, ms; undefined where it has no such model. */
export function published(variant: Variant, unit: Unit, method: Trained): number | undefined {
  return find(table5.filter((row) => row.variant === variant), unit, method);
}

/** The paper's TSE by force against blank, ms; undefined where it has no such model. */
export function publishedForced(unit: Unit, method: Trained): number | undefined {
  return find(forced, unit, method);
}

function find(
  rows: readonly Pick<typeof forced[number], "labels" | "method" | "tse">[],
  unit: Unit,
  method: Trained,
): number | undefined {
  return rows.find((row) => row.labels === labelsOf[unit] && row.method === methodOf[method])?.tse;
}

function maskedTse(variant: Variant, masked: boolean): number {
  return table16.find((row) => row.variant === variant && row.masked === masked)!.tse;
}

/** The largest over the smallest error of the paper's seven models; forced alignments by default. */
function rangeOf(variant?: Variant): string {
  const rows = variant === undefined ? forced : table5.filter((row) => row.variant === variant);
  return decimals(2)(ratioOfEnds(rows.map(({ tse }) => tse)));
}

function ratioOfEnds(values: readonly number[]): number {
  return Math.max(...values) / Math.min(...values);
}
