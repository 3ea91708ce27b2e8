import { assertEquals, assertStringIncludes } from "@std/assert";
import { elsewhereTable, speedByCores } from "../../bench/elsewhere.ts";
import { spread, timeByWidth } from "../../bench/figure.ts";
import { digits } from "../../bench/digits.ts";
import { readmeBlocks, report, reportBlocks, sweepTable, widthTable } from "../../bench/report.ts";
import { barsOf, type BenchResults, type Row } from "../../bench/results.ts";
import { summarize } from "../../bench/summary.ts";

function times(contender: string, ms: number, ratio?: number): Row {
  return { contender, ...summarize([ms, 0.9 * ms, 1.2 * ms]), ratio };
}

const workloads = [
  {
    name: "step",
    title: "Headline step",
    rows: [
      times("ours-simd", 4, 1),
      times("numpy", 100, 25),
      times("torch-float32-one", 12, 3),
      { contender: "tfjs-wasm", failed: "wrong result, a | b" },
    ],
  },
  { name: "hidden-8", title: "H = 8", rows: [times("ours-simd", 1.23456, 1)] },
];
const participant = { note: "how", versions: { Tool: "1.2" } };
const results: BenchResults = {
  machine: { cpu: "Abacus", cores: 2, os: "wood" },
  rounds: 3,
  load: [0.5, 2],
  participants: [
    { ...participant, id: "ours-simd", name: "ours" },
    { ...participant, id: "numpy", name: "NumPy", threads: 1 },
    { ...participant, id: "torch-float32-one", name: "PyTorch" },
    { ...participant, id: "tfjs-wasm", name: "TensorFlow.js" },
    { ...participant, id: "x", name: "X", absent: "no module", install: "pip install x" },
  ],
  workloads,
  ceilingGflops: 20,
  layers: [{
    kernels: "simd",
    inputs: 8,
    hidden: 24,
    pass: "forward",
    operations: 1e6,
    gflops: 11,
    share: 0.55,
    wholeShare: 0.91,
  }],
  bars: barsOf(workloads, []),
};

Deno.test("report() shows every contender: times, a wrong result, or how it is installed", () => {
  const text = report(results);
  assertStringIncludes(text, "| NumPy         | 100        | 95 … 110");
  assertStringIncludes(text, "wrong result, a / b");
  assertStringIncludes(text, "absent (no module); to install: `pip install x`");
  assertStringIncludes(
    text,
    "| LSTM layer, D = 8, H = 24, forward | simd    | 11      | 55 %           | 91 %",
  );
});

Deno.test("barsOf() judges what was measured, and leaves out what was not", () => {
  assertEquals(results.bars.map(({ measured, met }) => [measured, met]), [
    ["25.0×", true],
    ["3.00×", false],
  ]);
});

Deno.test("barsOf() holds one training on two workers against the same on one", () => {
  const rows = [times("ours-simd", 200, 1), times("ours-two", 110, 0.55)];
  const [bar, ...others] = barsOf([{ name: "cores", title: "Cores", rows }], []);
  assertEquals([bar.measured, bar.met, others], ["1.82×", true, []]);
});

Deno.test("The sweep has a column per size that was measured and a row per contender present", () => {
  const table = sweepTable(results);
  assertEquals(Object.keys(table[0]), ["ms per step", "H = 8", "H = 24"]);
  assertEquals(table.map((row) => row["H = 8"]), ["1.23", "–", "–", "–"]);
  assertEquals(sweepTable({ ...results, workloads: [workloads[0]] }), []);
});

Deno.test("The widths have a row per contender that decodes, and none who does not", () => {
  const beams = ["beam-1", "beam"].map((name, n) => ({
    name,
    title: name,
    rows: [times("ours-simd", 2 + n, 1), times("numpy", 40, 20)],
  }));
  assertEquals(widthTable({ ...results, workloads: [...workloads, ...beams] }), [
    { "ms per sequence": "ours", "width 1": "2", "width 16": "3" },
    { "ms per sequence": "NumPy", "width 1": "40", "width 16": "40" },
  ]);
});

Deno.test("timeByWidth() has a curve per decoder, and names what the widest beam takes", () => {
  const beams = ["beam-1", "beam-256"].map((name, n) => ({
    name,
    title: name,
    rows: [times("ours-simd", 2 + 60 * n, 1), times("numpy", 40 + 1000 * n, 20)],
  }));
  const text = timeByWidth({ ...results, workloads: beams }).textContent!;
  assertStringIncludes(
    text,
    "A beam of 256 takes 62 ms; the other decoders take 16.8 times as long",
  );
});

Deno.test("reportBlocks() leaves out what was not measured", () => {
  const { ceilingGflops: _, ...rest } = results;
  const blocks = reportBlocks({ ...rest, workloads: [], layers: [], bars: [] });
  assertEquals(Object.keys(blocks), ["machine", "contenders"]);
  assertEquals(readmeBlocks(results).widths, "Not measured yet.");
  assertEquals(readmeBlocks(results).table, reportBlocks(results).table);
});

Deno.test("digits() gives three significant digits and never an exponent", () => {
  assertEquals([0.00123456, 1.5, 12.345, 123456].map(digits), ["0.00123", "1.5", "12.3", "123456"]);
});

Deno.test("spread() keeps names apart, in order and above the bottom", () => {
  assertEquals(spread([10, 12, 50], 10, 100), [10, 20, 50]);
  assertEquals(spread([95, 99, 50], 10, 100), [90, 100, 50]);
});

Deno.test("what was measured elsewhere names every workload, and has a figure that says its gain", () => {
  const rows = elsewhereTable();
  assertEquals(rows.map((row) => row["PyTorch, H100"]), [
    ...["14.8", "22.5", "19.4", "27.1", "80.3", "1.56", "2.81"],
  ]);
  assertEquals(rows[4]["ours, one core"], "–");
  assertStringIncludes(speedByCores().textContent!, "on sixteen cores run 7.44 times as fast");
});
