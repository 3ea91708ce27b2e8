import { assertEquals, assertStringIncludes } from "@std/assert";
import { storeOf } from "lib/experiments/mod.ts";
import {
  type Bar,
  barsOf,
  claims,
  figures,
  meets,
  results,
  type Timings,
  written,
} from "lib/studies/kernels/mod.ts";
import { barsOf as writtenBars, type BenchResults } from "../../bench/results.ts";
import bench from "../../results/bench.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

const found = await results(storeOf({ bench }));

Deno.test("kernels: the stored benchmark gives the stated verdicts, and every row can fail", () => {
  assertEveryRowCanFail(claims, found);
});

Deno.test("barsOf() compares ours with its peers, and leaves out what has no time", () => {
  const timed = (times: Record<string, number>) =>
    Object.entries(times).map(([contender, medianMs]) => ({ contender, medianMs }));
  const { step, alone, layers } = barsOf([
    { name: "step", rows: [...timed({ "ours-simd": 2, "tfjs-wasm": 30 })] },
    { name: "ctc", rows: [...timed({ "ours-simd": 4 }), { contender: "x", failed: "wrong" }] },
    { name: "attention", rows: [...timed({ "ours-simd": 4, "torch-float32-one": 6 })] },
    { name: "attention-beam", rows: [...timed({ "ours-simd": 2, "torch-float32-one": 5 })] },
  ], []);
  assertEquals(step.map(({ what, measured }) => [what, measured]), [
    ["Headline step, against TensorFlow.js, wasm", 15],
  ]);
  assertEquals(alone.map(({ bound, measured }) => [bound, measured]), [[1, 1.5], [2, 2.5]]);
  assertEquals(layers, []);
});

Deno.test("barsOf() holds the batch of CTC by two workers against PyTorch on all threads", () => {
  const rows = ["ours-simd", "ours-two", "torch-float32-all"]
    .map((contender, n) => ({ contender, medianMs: [6, 4, 8][n] }));
  const measured = (rows: Timings["rows"]) =>
    barsOf([{ name: "ctc-64", rows }], []).alone.map(({ measured }) => measured);
  assertEquals(measured(rows), [2]);
  assertEquals(measured([rows[0], rows[2]]), [8 / 6]);
  assertEquals(measured([rows[2]]), []);
});

Deno.test("meets() takes the bound for met", () => {
  const bar: Bar = { what: "", relation: "≥", bound: 5, unit: "×", measured: 5 };
  assertEquals([meets(bar), meets({ ...bar, measured: 4.99 })], [true, false]);
  assertEquals([written(6.0312, "×"), written(26.4, " %")], ["6.03×", "26 %"]);
});

Deno.test("the bars of bench.json are those that its times give", () => {
  const { workloads, layers, bars } = bench as unknown as BenchResults;
  assertEquals(writtenBars(workloads, layers), bars);
});

Deno.test("the figure of steps says every time, and cuts no bar", () => {
  const drawn = figures["kernels-step"](found);
  for (const { ms } of found.steps) assertStringIncludes(drawn.textContent!, `${ms.toFixed(1)} ms`);
  const widths = [...drawn.querySelectorAll("rect")].map((bar) =>
    Number(bar.getAttribute("width"))
  );
  const [second, longest] = widths.filter((width) => width > 20).toSorted((a, b) => a - b)
    .slice(-2);
  const [slower, slowest] = found.steps.slice(-2);
  assertEquals((longest / second).toFixed(2), (slowest.ms / slower.ms).toFixed(2));
});
