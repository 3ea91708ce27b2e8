import { assertEquals } from "@std/assert";
import { judge } from "lib/claims/mod.ts";
import { storeOf } from "lib/experiments/mod.ts";
import {
  byUnit,
  mainMethods,
  sweep,
  type Unit,
} from "lib/studies/balancing_blank_on_speech/mod.ts";
import {
  type Aligner,
  alignersOf,
  byAligner,
  byMask,
  claims,
  gather,
  published,
  publishedForced,
  type Results,
  results,
  table16,
  type Trained,
} from "lib/studies/gradients_on_speech/mod.ts";
import runs from "../../results/speech.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";
import { labelUnitRun } from "../support/label_unit_runs.ts";

Deno.test("gradients on speech: the baseline is aligned in eight ways, of letters and otherwise in four", () => {
  const ways = (unit: Unit) => mainMethods.map((method) => alignersOf(unit, method).length);
  assertEquals([ways("letters"), ways("phones"), ways("words")], [[4, 4, 4], [8, 4, 4], [8, 4, 4]]);
});

Deno.test("gather() reads the sentences that are aligned by gradients, way by way", () => {
  const entries = sweep.entries([0, 1]).map(({ key }) => key);
  const { errors } = gather(
    entries.map((key) => ({ key, run: labelUnitRun(key, 100 + 1000 * key.seed) })),
  );
  const { baseline, "separated blank": separated } = errors.phones;
  assertEquals(baseline["as it is"].tse, [300, 3300]);
  assertEquals(baseline.GradScoreExt.tse, [309, 3309]);
  assertEquals(baseline["GradScoreExt, unmasked"].tse, [321, 3321]);
  assertEquals(separated.GradScoreExt.tse, [309, 3309]);
  assertEquals(Object.keys(separated), [...alignersOf("phones", "separated blank")]);
});

/** Results that are the paper's tables at every seed, so far as it has them. */
function asPublished(seeds: number): Results {
  const timed = (tse: number) => {
    const values = Array.from({ length: seeds }, (_, n) => tse * (1 + n / 1e4));
    return { tse: values, tseCenter: values, silence: values, duration: values };
  };
  const of = (unit: Unit, method: Trained, aligner: Aligner): number => {
    const [variant, other] = aligner.split(", ") as ["GradScore", string?];
    if (other !== undefined) {
      return table16.find((row) =>
        row.variant === variant && row.masked === (other === "no prior")
      )!
        .tse;
    }
    if (aligner === "as it is") return 111.5;
    const known = publishedForced(unit, method) === undefined ? "baseline" : method;
    return aligner === "against blank"
      ? publishedForced(unit, known)!
      : published(variant, unit, known)!;
  };
  return {
    errors: byUnit((unit) =>
      Object.fromEntries(
        mainMethods.map((method) => [
          method,
          Object.fromEntries(
            alignersOf(unit, method).map((aligner) => [aligner, timed(of(unit, method, aligner))]),
          ),
        ]),
      ) as unknown as Results["errors"][Unit]
    ),
  };
}

Deno.test("gradients on speech: the paper's own figures reproduce what it says", () => {
  assertEquals(claims(asPublished(3)).map((spec) => judge(spec).verdict), [
    "reproduced", // better of many labels
    "reproduced", // worse of few
    "yes", // better than CTC as it comes
    "reproduced", // GradScoreExt
    "reproduced", // varies less
    "reproduced", // masking
  ]);
});

Deno.test("tables of the notebook set the paper's figures beside ours, where it has the model", () => {
  const rows = byAligner(asPublished(3));
  assertEquals(rows.map((row) => row["paper: GradScoreExt"]), [
    ...["77.6", "–", "75.9"],
    ...["77.6", "–", "75.9"],
    ...["67.9", "69.2", "72.5"],
  ]);
  assertEquals(rows.map((row) => row["paper: forced"]).slice(6), ["68.2", "78.9", "84.4"]);
  assertEquals(byMask(asPublished(3)).map((row) => row["paper: TSE, ms"]), [
    ...["91.0", "86.5", "89.6", "84.0"],
  ]);
});

Deno.test("gradients on speech: the stored runs give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results(storeOf({ "speech": runs })));
});
