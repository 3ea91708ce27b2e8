import { median } from "../../numeric/mod.ts";
import { mainMethods, units } from "../balancing_blank_on_speech/mod.ts";
import { masked as maskedUnits, published, publishedForced } from "./claims.ts";
import { table16 } from "./published.ts";
import type { Aligner, Results } from "./results.ts";

const one = (value: number | undefined) => value === undefined ? "–" : value.toFixed(1);
const middle = (values: readonly number[]) => one(median(values));

/** Tables 4 and 5 beside ours: TSE of words, ms; ours are medians over seeds. */
export function byAligner({ errors }: Results) {
  return units.flatMap((unit) =>
    mainMethods.map((method) => {
      const ours = errors[unit][method];
      return {
        labels: unit,
        method,
        "forced as it is": middle(ours["as it is"].tse),
        "forced against blank": middle(ours["against blank"].tse),
        "GradScore": middle(ours.GradScore.tse),
        "GradScoreExt": middle(ours.GradScoreExt.tse),
        "paper: forced": one(publishedForced(unit, method)),
        "paper: GradScore": one(published("GradScore", unit, method)),
        "paper: GradScoreExt": one(published("GradScoreExt", unit, method)),
      };
    })
  );
}

/** Table 16 beside ours. */
export function byMask({ errors }: Results) {
  return table16.map(({ variant, masked, tse, silence }) => {
    const aligner: Aligner = `${variant}, ${masked ? "no prior" : "unmasked"}`;
    return {
      score: variant,
      "gradient of blank": masked ? "left out" : "kept",
      "paper: TSE, ms": one(tse),
      "silence, %": one(silence),
      ...Object.fromEntries(
        maskedUnits.map((unit) => [`${unit}: TSE`, middle(errors[unit].baseline[aligner].tse)]),
      ),
      "words: silence, %": middle(errors.words.baseline[aligner].silence),
    };
  });
}
