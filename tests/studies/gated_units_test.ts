import { assert, assertEquals } from "@std/assert";
import { judge } from "lib/claims/mod.ts";
import { type Run, runName, storeOf, Training, writeUpExperiment } from "lib/experiments/mod.ts";
import { parameterCount } from "lib/models/mod.ts";
import {
  claims,
  directions,
  experiment,
  gather,
  results,
  sweep,
  titles,
  unitNames,
  weightsOfNetworks,
} from "lib/studies/gated_units/mod.ts";
import runs from "../../results/gated-units.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("gated units: every network at five seeds, each buildable, under a name of its own", () => {
  assertEquals(sweep.seeds, 5);
  const all = sweep.entries([0, 1]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * 2 * 3);
});

Deno.test("gated units: networks of one direction are within a twentieth of the same size", () => {
  const weights = weightsOfNetworks();
  for (const direction of directions) {
    const { lstm } = weights[direction];
    for (const unit of unitNames) {
      const found = weights[direction][unit];
      assert(Math.abs(found / lstm - 1) < 0.05, `${direction}, ${titles[unit]}: ${found}`);
    }
  }
});

Deno.test("gated units: settings are the write-up's, its seeds are not", () => {
  for (const [direction, kind] of [["forwards", "lstm"], ["both ways", "blstm"]] as const) {
    const mine = experiment("lstm", direction, 0), other = writeUpExperiment(kind, 5);
    assertEquals(mine.seed, 5);
    for (const key of ["corpus", "criterion", "optimizer", "batch", "iters"] as const) {
      assertEquals(mine[key], other[key], key);
    }
    const [own, due] = [mine, other].map((experiment) => new Training(experiment).system);
    assertEquals(parameterCount(own), parameterCount(due));
  }
});

Deno.test("gather() keeps directions and units apart and seeds in order, Infinity for never", () => {
  const run = (of: Run["experiment"], solved: number): Run => ({
    experiment: of,
    rows: [{ every: 20, iter: 20, nll: 1, per: 0.9, seqAcc: 0, infeasible: 0 }, {
      every: 20,
      iter: solved,
      nll: 1,
      per: solved < 1500 ? 0.05 : 0.06,
      seqAcc: 0,
      infeasible: 0,
    }],
  });
  const found = gather(
    sweep.entries([0, 1]).map(({ key, experiment }) => {
      const never = key.unit === "rnn" && key.seed === 1;
      const solved = key.direction === "forwards" ? 400 : 200 + 20 * key.seed;
      return { key, run: run(experiment, never ? 1500 : solved) };
    }),
  );
  assertEquals(found, {
    forwards: { lstm: [400, 400], gru: [400, 400], rnn: [400, Infinity] },
    "both ways": { lstm: [200, 220], gru: [200, 220], rnn: [200, Infinity] },
  });
});

Deno.test("gated units: the source's claims hold where tanh units come last and GRU is close to LSTM", () => {
  const networks = { lstm: [400, 410, 390], gru: [390, 410, 400], rnn: [900, 800, Infinity] };
  const [better, comparable, sooner] = claims({ forwards: networks, "both ways": networks });
  assertEquals([better, comparable, sooner].map((spec) => judge(spec).verdict), [
    "reproduced",
    "reproduced",
    "no",
  ]);
});

Deno.test("gated units: the stored runs give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results(storeOf({ "gated-units": runs })));
});
