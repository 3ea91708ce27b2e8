import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { requireExperiment, train } from "lib/experiments/mod.ts";
import { normalForm } from "lib/experiments/normal_form.ts";
import { matrix } from "lib/numeric/mod.ts";
import { type Experiment, learningRate, Sgd, type SgdOptions } from "lib/training/mod.ts";
import { buildOptimizer } from "lib/training/optimizer.ts";
import { smallExperiment } from "../support/experiments.ts";
import { assertClose } from "../support/matrices.ts";

Deno.test("one cycle runs in straight lines through a tenth, the peak at 45 %, a tenth at 90 %, and 1e-6", () => {
  const rate = (step: number) => learningRate({ kind: "one-cycle" }, 0.02, step, 1001);
  const points = [[1, 0.002], [226, 0.011], [451, 0.02], [676, 0.011], [901, 0.002], [1001, 1e-6]];
  for (const [step, due] of points) assertAlmostEquals(rate(step), due, 1e-15, `step ${step}`);
  assertAlmostEquals(rate(951), (0.002 + 1e-6) / 2, 1e-15);
  assertAlmostEquals(rate(2) - rate(1), 0.018 / 450, 1e-15);
});

Deno.test("one cycle of one step is its start, and its options move its points", () => {
  assertEquals(learningRate({ kind: "one-cycle" }, 0.02, 1, 1), 0.002);
  const cycle = { kind: "one-cycle", start: 0.5, rise: 0.25, end: 0 } as const;
  const rates = Array.from({ length: 9 }, (_, n) => learningRate(cycle, 8, n + 1, 9));
  assertEquals(rates, [4, 6, 8, 6, 4, 3, 2, 1, 0]);
  const whole = { kind: "one-cycle", rise: 0.5, start: 0 } as const;
  assertEquals([1, 2, 3].map((n) => learningRate(whole, 8, n, 3)), [0, 8, 0]);
});

Deno.test("a warm-up rises by equal steps to the learning rate, and stays there", () => {
  const rates = [1, 2, 3, 4, 5, 100].map((n) =>
    learningRate({ kind: "warm-up", steps: 4 }, 8, n, 100)
  );
  assertEquals(rates, [2, 4, 6, 8, 8, 8]);
  assertEquals(learningRate(undefined, 0.1, 5, 10), 0.1);
});

const gradients = [[2, -1], [0, 4], [-1, 0.5]];
// By hand: moves 0.5 Δ - 0.1 g, with decay 0.5 · 0.1 of the weight as it was.
const sequences: [SgdOptions, number[][]][] = [
  [{ lr: 0.1, momentum: 0.5 }, [[0.8, -1.9], [0.7, -2.25], [0.75, -2.475]]],
  [{ lr: 0.1, momentum: 0 }, [[0.8, -1.9], [0.8, -2.3], [0.9, -2.35]]],
  [{ lr: 0.1, momentum: 0.5, weightDecay: 0.5 }, [
    [0.75, -1.8],
    [0.6125, -2.06],
    [0.631875, -2.182],
  ]],
];
for (const [options, expected] of sequences) {
  Deno.test(`Sgd ${JSON.stringify(options)} takes the steps computed by hand`, () => {
    const sgd = new Sgd(options), params = { w: matrix(1, 2, [1, -2]) };
    gradients.forEach((g, n) => {
      sgd.step(params, { w: matrix(1, 2, g) });
      assertClose(params.w.data, expected[n], 1e-15, `step ${n + 1}`);
    });
  });
}

Deno.test("Sgd is by default that of Graves et al. 2006, and takes the rate of a step", () => {
  const moved = (options: SgdOptions, lr?: number) => {
    const sgd = new Sgd(options), params = { w: matrix(1, 1) };
    for (const g of [1, 1]) sgd.step(params, { w: matrix(1, 1, [g]) }, lr);
    return params.w.data[0];
  };
  assertAlmostEquals(moved({}), -1e-4 * (1 + 1.9), 1e-18);
  assertEquals(moved({}, 0.25), moved({ lr: 0.25 }));
});

Deno.test("Sgd's weight decay is by the rate of the step, and an experiment's own", () => {
  const scheduled = { w: matrix(1, 1, [1]) };
  new Sgd({ lr: 0.1, weightDecay: 0.5 }).step(scheduled, { w: matrix(1, 1) }, 0.02);
  assertEquals(scheduled.w.data[0], 0.99);
  const params = { w: matrix(1, 1, [1]) };
  buildOptimizer({ method: "sgd", lr: 0.25, momentum: 0.5, weightDecay: 0.5, clip: 1 })
    .step(params, { w: matrix(1, 1, [1]) });
  assertEquals(params.w.data[0], 1 - 0.25 - 0.125);
});

Deno.test("Sgd names the setting that is out of range, and the gradient that is not finite", () => {
  assertThrows(() => new Sgd({ lr: 0 }), RangeError, "lr must be > 0: current value is 0");
  assertThrows(() => new Sgd({ momentum: 1 }), RangeError, "momentum must be from 0 to below 1");
  assertThrows(() => new Sgd({ weightDecay: -1 }), RangeError, "weightDecay must be >= 0");
  const params = { w: matrix(1, 1, [1]) };
  const bad = { w: matrix(1, 1, [NaN]) };
  assertThrows(() => new Sgd().step(params, bad), RangeError, 'The gradient of "w" must be finite');
  assertEquals(params.w.data[0], 1);
});

Deno.test("Sgd names the weight whose shape changed since its last move, and moves none", () => {
  const sgd = new Sgd(), turned = { v: matrix(1, 1), w: matrix(1, 2) };
  sgd.step({ v: matrix(1, 1), w: matrix(2, 1) }, { v: matrix(1, 1), w: matrix(2, 1) });
  const grads = { v: matrix(1, 1, [1]), w: matrix(1, 2, [1, 1]) };
  assertThrows(() => sgd.step(turned, grads), RangeError, '"w" must have shape [1, 2]');
  assertEquals([turned, sgd.getState().steps], [{ v: matrix(1, 1), w: matrix(1, 2) }, 1]);
});

Deno.test("Sgd goes on from the state of another as that one does, and shares no array with it", () => {
  const grads = { w: matrix(1, 1, [2]) };
  const one = new Sgd({ lr: 0.25, momentum: 0.5 }), other = new Sgd({ lr: 0.25, momentum: 0.5 });
  one.step({ w: matrix(1, 1) }, grads);
  const state = one.getState();
  other.setState(state);
  const move = (sgd: Sgd) => {
    const params = { w: matrix(1, 1) };
    sgd.step(params, grads);
    return params.w.data[0];
  };
  // Moves of -0.5, then 0.5 of that and -0.5 more.
  assertEquals([move(one), move(other)], [-0.75, -0.75]);
  assertEquals([state.steps, state.moments.move.w.data[0]], [1, -0.5]);
  assertEquals(other.getState(), one.getState());
});

const { optimizer } = smallExperiment();

Deno.test("an experiment takes the settings of its own method alone", () => {
  const trained = (optimizer: object) =>
    requireExperiment(smallExperiment({ optimizer: optimizer as Experiment["optimizer"] }));
  assertThrows(
    () => trained({ ...optimizer, method: "sgd" }),
    RangeError,
    'optimizer.beta1 must be left out where the method is "sgd": current value is 0.9',
  );
  assertThrows(
    () => trained({ ...optimizer, momentum: 0.9 }),
    RangeError,
    'optimizer.momentum must be left out where the method is "adam"',
  );
  assertThrows(
    () => trained({ ...optimizer, schedule: { kind: "one-cycle", rise: 0.6 } }),
    RangeError,
    "optimizer.schedule.rise must be",
  );
});

Deno.test("Adam's own defaults may be left out, and mean the same run to the same bits", async () => {
  const short = smallExperiment({
    iters: 2,
    optimizer: { lr: optimizer.lr, clip: optimizer.clip },
  });
  const stated = { ...short, optimizer: { ...optimizer, method: "adam" as const } };
  assertEquals(await Array.fromAsync(train(short)), await Array.fromAsync(train(stated)));
  assertEquals(normalForm(short), normalForm(stated));
});

Deno.test("learningRate() names steps that are none, and goes no lower than its end", () => {
  const schedule = { kind: "one-cycle" } as const;
  for (const value of [NaN, Infinity, 0, -1, 1.5]) {
    assertThrows(() => learningRate(schedule, 0.1, value, 10), RangeError, "step must be a whole");
    assertThrows(() => learningRate(schedule, 0.1, 1, value), RangeError, "steps must be a whole");
  }
  assertEquals(learningRate(schedule, 0.1, 30, 10), learningRate(schedule, 0.1, 10, 10));
});
