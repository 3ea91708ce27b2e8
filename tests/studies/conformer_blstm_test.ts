import { assertEquals } from "@std/assert";
import { runName, storeOf, Training } from "lib/experiments/mod.ts";
import {
  claims,
  contenders,
  figures,
  type OfContender,
  type Results,
  results,
  STEPS_IN_TIME,
  sweep,
} from "lib/studies/conformer_blstm/mod.ts";
import runs from "../../results/beyond-ctc.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("conformer: every contender at five seeds, each buildable, under a name of its own", () => {
  assertEquals(sweep.seeds, 5);
  const all = sweep.entries([0, 1]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * 3);
  const { conformer, "blstm, equal time": time } = contenders;
  assertEquals(time.iters, STEPS_IN_TIME * conformer.iters);
});

Deno.test("conformer: the stored runs end where the time does, or at half of it", async () => {
  const found = await results(storeOf({ "beyond-ctc": runs }));
  const ends = Object.values(found).map(({ curves }) =>
    curves.map((points) => points.at(-1)!.time)
  );
  assertEquals(ends, [Array(5).fill(800), Array(5).fill(400), Array(5).fill(800)]);
  assertEveryRowCanFail(claims, found);
});

const of = (error: number, weights: number): OfContender => ({
  weights,
  errors: [error, error + 0.01],
  tse: [10 * error, 10 * error + 0.1],
  curves: [[{ time: 400, error }, { time: 800, error }], [{ time: 400, error }, {
    time: 800,
    error,
  }]],
});

Deno.test("conformer: the figure is drawn of any results", () => {
  const drawn: Results = {
    conformer: of(0.1, 1000),
    "blstm, equal steps": of(0.12, 1010),
    "blstm, equal time": of(0.11, 1010),
  };
  for (const draw of Object.values(figures)) assertEquals(draw(drawn).tagName, "svg");
});
