import { type ClaimSpec, decimals, lowers, ordered } from "../../claims/mod.ts";
import { published } from "./published.ts";
import type { OfShare, Results } from "./results.ts";

const format = decimals(3);
/** The label error rate that tells how soon a training learns. */
const LEARNED = 0.2;

/** The iteration of the first evaluation at which every later one, too, is below the limit. */
export function learnedAt({ curves }: Pick<OfShare, "curves">): number[] {
  return curves.map((rows) => {
    const last = rows.findLastIndex(({ per }) => !(per < LEARNED));
    return rows[last + 1]?.iter ?? Infinity;
  });
}

/** The label error rate that a forced mistake adds to what follows it. */
function excess({ afterTruth, afterMistake }: OfShare): number[] {
  return afterMistake.map((rate, s) => rate - afterTruth[s]);
}

/** What a mistake costs, what sampling does about it, and what teacher forcing is for. */
export function claims([forced, mixed, free]: Results): ClaimSpec[] {
  return [{
    kind: "reproduction",
    title: "Teacher forcing leaves exposure bias: after a mistake the model errs more",
    source: `Seq2Seq text: "${published.bias}"`,
    states: "reproduced",
    rows: [
      ordered(
        "label error rate of what follows, teacher forcing: after two true labels, after a mistake",
        { name: "truth", values: forced.afterTruth },
        { name: "mistake", values: forced.afterMistake },
        { format },
      ),
    ],
  }, {
    kind: "question",
    title: "Does scheduled sampling teach a model to go on after a mistake?",
    source: "ours; the method is Bengio et al. 2015's",
    states: "yes",
    rows: [
      lowers(
        "errors that a mistake adds: a quarter of labels sampled / teacher forcing",
        { values: excess(mixed), base: excess(forced) },
        { expected: "fewer" },
      ),
      lowers(
        "errors that a mistake adds: all labels sampled / teacher forcing",
        { values: excess(free), base: excess(forced) },
        { expected: "fewer" },
      ),
    ],
  }, {
    kind: "reproduction",
    title: "Teacher forcing learns sooner than a model that is given its own labels",
    source: `Seq2Seq text: "${published.faster}"`,
    states: "not reproduced",
    rows: [
      ordered(
        `iterations to a label error rate below ${LEARNED} for good`,
        { name: "teacher forcing", values: learnedAt(forced) },
        { name: "own labels", values: learnedAt(free) },
      ),
    ],
  }];
}
