import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { copyParams, matrix } from "lib/numeric/mod.ts";
import { DivergedError, largestWeight, readModel, Sgd, train, Training } from "lib/training/mod.ts";
import { moveWeights } from "lib/training/move_weights.ts";
import { smallExperiment } from "../support/experiments.ts";

const { optimizer } = smallExperiment();

Deno.test("a training that diverges ends with an error that says at which step", async () => {
  for (const lr of [1e154, 1e200, 1e308, Number.MAX_VALUE]) {
    const experiment = smallExperiment({ optimizer: { ...optimizer, lr } });
    const error = await assertRejects(
      () => Array.fromAsync(train(experiment)),
      DivergedError,
      "The training diverged at step 1: ",
    );
    assertEquals([error.name, (error as DivergedError).step], ["DivergedError", 1]);
    assert(error instanceof RangeError);
  }
});

Deno.test("a weight that is no number any more is found at the next step", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    const training = new Training(smallExperiment());
    training.step();
    training.params["1.b"].data[2] = value;
    assertThrows(
      () => training.step(),
      DivergedError,
      "The training diverged at step 2: an output is not finite",
    );
  }
});

Deno.test("a weight beyond all bounds is named", () => {
  const training = new Training(smallExperiment({ criterion: { kind: "framewise" } }));
  training.params["1.W"].data[0] = 2 * largestWeight; // its output is finite still
  assertThrows(() => training.step(), DivergedError, 'the weight "1.W" holds ');
});

Deno.test("a loss that is not finite is no loss, unless no target fits", () => {
  const training = new Training(smallExperiment());
  const { gradients } = training.system;
  training.system.gradients = (...args) => ({ ...gradients(...args), loss: NaN });
  const before = copyParams(training.params);
  assertThrows(() => training.step(), DivergedError, "the loss is NaN");
  assertEquals(training.params, before);
});

Deno.test("moveWeights() takes a loss of Infinity where no target fits, and no gradient that is none", () => {
  const by = () => ({
    optimizer: new Sgd({ lr: 0.5, momentum: 0 }),
    experiment: { optimizer: { lr: 0.5, clip: 1 }, iters: 9 },
    step: 7,
  });
  const moved = (loss: number, gradient: number, infeasible: number) => {
    const params = { w: matrix(1, 1, [1]) }, grads = { w: matrix(1, 1, [gradient]) };
    return [moveWeights(params, { loss, grads, infeasible }, 2, by()), params.w.data[0]];
  };
  assertEquals(moved(Infinity, 0, 2), [{ loss: Infinity, infeasible: 2, gradNorm: 0 }, 1]);
  assertEquals(moved(3, 0.5, 1), [{ loss: 3, infeasible: 1, gradNorm: 0.5 }, 0.75]);
  for (
    const [loss, gradient, infeasible, message] of [
      [Infinity, 0, 1, "at step 7: the loss is Infinity"],
      [NaN, 0, 0, "at step 7: the loss is NaN"],
      [3, Infinity, 0, "at step 7: the norm of the gradient is Infinity"],
      [3, NaN, 0, "at step 7: the norm of the gradient is NaN"],
    ] as const
  ) {
    assertThrows(() => moved(loss, gradient, infeasible), DivergedError, message);
  }
});

Deno.test("readModel() refuses weights that nothing can be computed with, and names the tensor", () => {
  const { experiment, params } = new Training(smallExperiment());
  const metadata = { experiment: JSON.stringify(experiment) };
  for (const value of [NaN, Infinity, -Infinity, 1e308, -1e308, 1.1 * largestWeight]) {
    const damaged = copyParams(params);
    damaged["0.fwd.Wh"].data[3] = value;
    assertThrows(
      () => readModel(encodeCheckpoint(damaged, metadata)),
      SyntaxError,
      `weights must be from -1e+100 to 1e+100: the weight "0.fwd.Wh" holds ${value}`,
    );
  }
  const large = copyParams(params);
  large["0.fwd.Wh"].data[3] = -largestWeight;
  readModel(encodeCheckpoint(large, metadata));
});
