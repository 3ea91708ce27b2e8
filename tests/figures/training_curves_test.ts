import { assertEquals, assertStringIncludes } from "@std/assert";
import { type TrainingCurve, trainingCurves } from "lib/figures/mod.ts";

/** A training whose PER at steps 100, 200, … is as given. */
function run(name: string, pers: readonly number[], every = 100): TrainingCurve {
  return {
    name,
    rows: pers.map((per, n) => ({ every, iter: every * (n + 1), nll: 1, per, seqAcc: 0 })),
  };
}

const titleOf = (...runs: TrainingCurve[]) => trainingCurves(runs).textContent!;

Deno.test("the title says at which step the PER was first at most 0.05, model by model", () => {
  assertStringIncludes(
    titleOf(run("BLSTM", [1, 0.3, 0.05]), run("LSTM", [1, 0.4, 0.051, 0.02])),
    "BLSTM solves the corpus after 300 iterations, LSTM after 400",
  );
  assertStringIncludes(
    titleOf(run("BLSTM", [1, 0.02, 0]), run("LSTM", [1, 0.5, 0.06])),
    "BLSTM solves the corpus after 200 iterations",
  );
  assertStringIncludes(titleOf(run("LSTM", [0.05])), "LSTM solves the corpus after 100 iterations");
  assertStringIncludes(titleOf(run("BLSTM", [1, 0.5, 0.051])), "Not solved yet");
  assertStringIncludes(titleOf(run("BLSTM", [])), "Not solved yet");
});

Deno.test("several trainings of a name have solved it when their median has", () => {
  const [a, b, c] = [[0.9, 0.04, 0], [0.9, 0.06, 0], [0.04, 0.05, 0.5]];
  const title = titleOf(run("BLSTM", a), run("BLSTM", b), run("BLSTM", c));
  assertStringIncludes(title, "after 200 iterations");
  assertStringIncludes(titleOf(run("BLSTM", a), run("BLSTM", b)), "after 200 iterations"); // 0.05
});

Deno.test("the rows of a run's finest grid are drawn", () => {
  const { name, rows } = run("BLSTM", [1, 0]);
  const fine = run("BLSTM", [1, 1, 0.01], 10);
  assertStringIncludes(titleOf({ name, rows: [...rows, ...fine.rows] }), "after 30 iterations");
});

Deno.test("the subtitle counts the runs, and says when a rate is off the scale", () => {
  const text = (...runs: TrainingCurve[]) => trainingCurves(runs).textContent!;
  const several = text(run("BLSTM", [1]), run("BLSTM", [1]), run("LSTM", [1]));
  assertStringIncludes(several, "Thin: single runs (2 of BLSTM, 1 of LSTM); bold: their median.");
  assertEquals(text(run("BLSTM", [1])).includes("Thin"), false);
  assertEquals(text(run("BLSTM", [1.2])).includes("off the scale"), false);
  assertStringIncludes(text(run("BLSTM", [1.3])), "off the scale");
});

Deno.test("trainings are told apart by any name; a colour that is not given is nobody else's", () => {
  const curves = [
    { ...run("noise 0.2", [1, 0.04]), color: "#1f66b0" },
    run("noise 0.4", [1, 0.5]),
    run("noise 0.8", [1, 1]),
  ];
  const figure = trainingCurves(curves);
  const colors = curves.map(({ name }) =>
    [...figure.querySelectorAll("text")].find((text) => text.textContent === name)!
      .getAttribute("fill")
  );
  assertEquals(colors[0], "#1f66b0");
  assertEquals(new Set(colors).size, 3);
  assertStringIncludes(figure.textContent!, "noise 0.2 solves the corpus after 200 iterations");
});
