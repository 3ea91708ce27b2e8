import { assertEquals, assertStringIncludes } from "@std/assert";
import type { EvaluationRow } from "lib/experiments/mod.ts";
import { type CurvesRun, trainingCurves } from "lib/figures/mod.ts";

/** A run whose PER at steps 100, 200, … is as given. */
function run(kind: "blstm" | "lstm", pers: readonly number[], every = 100): CurvesRun {
  const rows = pers.map((per, n): EvaluationRow => ({
    ...{ every, iter: every * (n + 1), nll: 1, per, seqAcc: 0, infeasible: 0 },
  }));
  return { experiment: { model: { kind }, iters: every * pers.length }, rows };
}

const titleOf = (...runs: CurvesRun[]) => trainingCurves(runs).textContent!;

Deno.test("the title says at which step the PER was first at most 0.05, model by model", () => {
  assertStringIncludes(
    titleOf(run("blstm", [1, 0.3, 0.05]), run("lstm", [1, 0.4, 0.051, 0.02])),
    "BLSTM solves the corpus after 300 iterations, LSTM after 400",
  );
  assertStringIncludes(
    titleOf(run("blstm", [1, 0.02, 0]), run("lstm", [1, 0.5, 0.06])),
    "BLSTM solves the corpus after 200 iterations",
  );
  assertStringIncludes(titleOf(run("lstm", [0.05])), "LSTM solves the corpus after 100 iterations");
  assertStringIncludes(titleOf(run("blstm", [1, 0.5, 0.051])), "Not solved yet");
  assertStringIncludes(titleOf(run("blstm", [])), "Not solved yet");
});

Deno.test("several runs of a model have solved it when their median has", () => {
  const [a, b, c] = [[0.9, 0.04, 0], [0.9, 0.06, 0], [0.04, 0.05, 0.5]];
  const title = titleOf(run("blstm", a), run("blstm", b), run("blstm", c));
  assertStringIncludes(title, "after 200 iterations");
  assertStringIncludes(titleOf(run("blstm", a), run("blstm", b)), "after 200 iterations"); // 0.05
});

Deno.test("the rows of a run's finest grid are drawn", () => {
  const { experiment, rows } = run("blstm", [1, 0]);
  const fine = run("blstm", [1, 1, 0.01], 10);
  assertStringIncludes(
    titleOf({ experiment, rows: [...rows, ...fine.rows] }),
    "after 30 iterations",
  );
});

Deno.test("the subtitle counts the runs, and says when a rate is off the scale", () => {
  const text = (...runs: CurvesRun[]) => trainingCurves(runs).textContent!;
  const several = text(run("blstm", [1]), run("blstm", [1]), run("lstm", [1]));
  assertStringIncludes(several, "Thin: single runs (2 of BLSTM, 1 of LSTM); bold: their median.");
  assertEquals(text(run("blstm", [1])).includes("Thin"), false);
  assertEquals(text(run("blstm", [1.2])).includes("off the scale"), false);
  assertStringIncludes(text(run("blstm", [1.3])), "off the scale");
});
