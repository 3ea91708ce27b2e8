import { assertAlmostEquals, assertEquals } from "@std/assert";
import { wordCorpus } from "lib/corpora/mod.ts";
import { storeOf } from "lib/experiments/mod.ts";
import { claims, results, silenceAtStart, sweeps } from "lib/studies/priors/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { streams } from "lib/training/mod.ts";
import table10 from "../../results/table-10.json" with { type: "json" };
import table13 from "../../results/table-13.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("priors: the sweeps are the rows of Tables 10 and 13, in the paper's order", () => {
  const rows = Object.values(sweeps).map(({ entries }) => entries([0]).map(({ key }) => key.row));
  assertEquals(rows.map(({ length }) => length), [8, 6]);
  assertEquals([rows[0][0], rows[1][5]], ["average-b0.5-a0.5", "frames2-silence0.3-b0-a1"]);
});

Deno.test("silenceAtStart() is what all segmentations alike give, and a uniform prior changes nothing", () => {
  const free = silenceAtStart("none-a1", 20);
  assertAlmostEquals(silenceAtStart("average-b0.5-a0.5", 20), free, 1e-9);
  // A segmentation says where each of L letters and two silences ends, which may be empty: of the
  // T - L frames that are free, silence has 2 shares of L + 2.
  const batch = wordCorpus({
    ...{ wordsPerSequence: [1, 1], framesPerLetter: [10, 10], silenceFactor: [1, 1] },
  }).batch(new RandomState(streams.evaluation), 20);
  const frames = batch.targets.map(({ length }) => 20 * length);
  const silence = batch.targets.map(({ length: L }, b) => 2 / (L + 2) * (frames[b] - L));
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  assertAlmostEquals(free, 100 * sum(silence) / sum(frames), 1e-9);
});

Deno.test("priors: the stored runs give the stated verdicts, and every row can fail", async () => {
  const store = storeOf({ "table-10": table10, "table-13": table13 });
  assertEveryRowCanFail(claims, await results(store));
});
