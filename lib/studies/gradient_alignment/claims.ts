import {
  type ClaimSpec,
  type Contender,
  decimals,
  effect,
  lowers,
  ordered,
  type Pair,
} from "../../claims/mod.ts";
import type { Aligner } from "./aligners.ts";
import { type Condition, conditionNames } from "./models.ts";
import { forced, type PublishedModel, table16, table5, type Variant } from "./published.ts";
import type { Results } from "./results.ts";

/** Which model of the paper a condition is the counterpart of, and whether it has the prior there. */
const counterparts = {
  "words, baseline": { labels: "SPM 10k", method: "–", prior: true },
  "words, separated blank": { labels: "SPM 10k", method: "Blank sep", prior: false },
  "words, normalised": { labels: "SPM 10k", method: "Normed grad", prior: true },
} as const satisfies Partial<Record<Condition, PublishedModel & { prior: boolean }>>;

/** A condition with a counterpart. */
export type Word = keyof typeof counterparts;

/** Their names, in order. */
export const words = Object.keys(counterparts) as Word[];
const variants: readonly Variant[] = ["GradScoreExt", "GradScore"];
const FORCED = "forced, against blank";
const format = decimals(2);

/** What the paper says of alignments from gradients, judged by ours. */
export function claims({ errors }: Pick<Results, "errors">): ClaimSpec[] {
  const tse = (aligner: Aligner, condition: Condition) => errors[aligner][condition].tse;
  const pair = (condition: Condition, aligner: Aligner, base: Aligner): Pair => ({
    values: tse(aligner, condition),
    base: tse(base, condition),
  });
  const spreadOver = (name: string, of: (condition: Word) => readonly number[]): Contender => {
    const columns = words.map(of);
    return { name, values: columns[0].map((_, seed) => ratioOfEnds(columns.map((c) => c[seed]))) };
  };
  return [{
    kind: "reproduction",
    title: "An alignment from gradients has a smaller error than a forced alignment with CTC",
    source: "the alignment paper, section 7.4, Tables 4 and 5",
    states: "not reproduced",
    rows: [
      ...words.map((condition) => {
        const aligner = asPublished("GradScoreExt", condition);
        return effect(
          `TSE, ${condition}: ${aligner} / ${FORCED}`,
          publishedRatio("GradScoreExt", condition),
          pair(condition, aligner, FORCED),
        );
      }),
      lowers(`TSE, phones: GradScoreExt, prior / ${FORCED}`, {
        ...pair("phones", "GradScoreExt, prior", FORCED),
      }),
    ],
  }, {
    kind: "reproduction",
    title: "GradScoreExt aligns a bit better than GradScore",
    source: "the alignment paper, section 7.4, Table 5",
    states: "same direction",
    rows: words.map((condition) => {
      const [better, worse] = variants.map((variant) => asPublished(variant, condition));
      return effect(
        `TSE, ${condition}: ${better} / ${worse}`,
        publishedTse(variants[0], condition) / publishedTse(variants[1], condition),
        pair(condition, better, worse),
      );
    }),
  }, {
    kind: "reproduction",
    title: "Alignments from gradients vary less from model to model than forced alignments",
    source: "the alignment paper, section 7.4, Tables 4 and 5",
    states: "same direction",
    rows: [
      ordered(
        "largest / smallest TSE over the three kinds of word models",
        spreadOver("GradScoreExt", (name) => tse(asPublished("GradScoreExt", name), name)),
        spreadOver("forced", (name) => tse(FORCED, name)),
        { format, expected: `${publishedRange("GradScoreExt")} against ${publishedRange()}` },
      ),
    ],
  }, {
    kind: "reproduction",
    title: "Leaving out the gradient of blank's logit helps slightly",
    source: "the alignment paper, appendix A.7, Table 16",
    states: "undecided",
    rows: conditionNames.flatMap((condition) =>
      variants.map((variant) =>
        effect(
          `TSE, ${condition}: ${variant} / ${variant}, unmasked`,
          maskedTse(variant, true) / maskedTse(variant, false),
          pair(condition, variant, `${variant}, unmasked`),
        )
      )
    ),
  }, {
    kind: "question",
    title:
      "Does counting every partial path, as eq. 23 is printed, align better than entering once?",
    source: "ours, on the alignment paper's eq. 23 and Hori et al. 2017, eqs. 10 and 11",
    states: "yes",
    rows: conditionNames.map((condition) =>
      lowers(
        `TSE, ${condition}: GradScoreExt / GradScoreExt, entered once`,
        pair(condition, "GradScoreExt", "GradScoreExt, entered once"),
      )
    ),
  }];
}

/** The aligner that Table 5 has for the models of a condition. */
export function asPublished(variant: Variant, condition: Word): Aligner {
  return counterparts[condition].prior ? `${variant}, prior` : variant;
}

function publishedTse(variant: Variant, condition: Word): number {
  return find(table5.filter((row) => row.variant === variant), condition);
}

/** The paper's TSE of an alignment from gradients over that of a forced one, with the same model. */
export function publishedRatio(variant: Variant, condition: Word): number {
  return publishedTse(variant, condition) / find(forced, condition);
}

function find(rows: readonly (PublishedModel & { tse: number })[], condition: Word): number {
  const { labels, method } = counterparts[condition];
  return rows.find((row) => row.labels === labels && row.method === method)!.tse;
}

function maskedTse(variant: Variant, masked: boolean): number {
  return table16.find((row) => row.variant === variant && row.masked === masked)!.tse;
}

/** The largest over the smallest error of the paper's seven models; forced alignments by default. */
function publishedRange(variant?: Variant): string {
  const rows = variant === undefined ? forced : table5.filter((row) => row.variant === variant);
  return format(ratioOfEnds(rows.map(({ tse }) => tse)));
}

function ratioOfEnds(values: readonly number[]): number {
  return Math.max(...values) / Math.min(...values);
}
