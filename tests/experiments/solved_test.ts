import { assertEquals } from "@std/assert";
import {
  advantage,
  advantageText,
  medianSolved,
  scaleExperiment,
  smallestScale,
  solvedAtScale,
  solvedBy,
} from "lib/experiments/mod.ts";
import { runSolvedAt, solvedSweep } from "../support/sweep_runs.ts";

Deno.test("solvedBy() says when each run first was at most 0.05, undefined for never", () => {
  const experiment = scaleExperiment("lstm", smallestScale, 0);
  assertEquals(
    solvedBy([runSolvedAt(experiment, 240), runSolvedAt(experiment)]),
    [240, undefined],
  );
});

Deno.test("solvedAtScale() takes the runs of its own scale, model by model, in seed order", () => {
  const runs = solvedSweep("scale", [0, 1], ({ model, corpus, seed }) => {
    const { phonemes } = corpus as { phonemes: number };
    return (model.kind === "blstm" ? 100 : 200) + 20 * seed + 100 * phonemes;
  });
  const { phonemes } = { phonemes: 12 };
  assertEquals(solvedAtScale(runs, { ...smallestScale, phonemes }), {
    blstm: [1300, 1320],
    lstm: [1400, 1420],
  });
  assertEquals(solvedAtScale(runs, { ...smallestScale, phonemes: 7 }), { blstm: [], lstm: [] });
});

Deno.test("a median counts never as longer than any number", () => {
  assertEquals(medianSolved([300, 100, 200]), 200);
  assertEquals(medianSolved([100, 200]), 150);
  assertEquals(medianSolved([100, undefined]), undefined);
  assertEquals(medianSolved([undefined, 100, undefined, 200, 300]), 300);
  assertEquals(medianSolved([]), undefined);
});

Deno.test("an advantage over a model that gave up is a lower bound, over none it is none", () => {
  const text = (...args: Parameters<typeof advantage>) => advantageText(advantage(...args));
  assertEquals(text([100, 200, 300], [500, 400, 300], 2000), "2.0×");
  assertEquals(text([400], [undefined], 2000), "> 5.0×");
  assertEquals(text([undefined], [undefined], 2000), "–");
  assertEquals(text([], [], 2000), "–");
});
