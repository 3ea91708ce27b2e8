import { assertEquals, assertStringIncludes } from "@std/assert";
import { greedyDecode, prefixBeamSearch } from "lib/decoding/mod.ts";
import {
  attentionBatches,
  type AttentionBeamWorkload,
  attentionModel,
  type AttentionWorkload,
} from "../../bench/attention.ts";
import { disagreement } from "../../bench/expected.ts";
import { crossEntropyLosses, paddedBatches } from "../../bench/padded.ts";
import { prepare } from "../../bench/peers/ours.ts";
import { beamName } from "../../bench/report.ts";
import {
  beamInputs,
  type BeamWorkload,
  greedyCheck,
  sweep,
  type TrainWorkload,
  widths,
  type Workload,
  workloads,
} from "../../bench/workloads.ts";

const named = (name: string): Workload => workloads.find((w) => w.name === name)!;
const step = named("step").task as TrainWorkload;

Deno.test("disagreement() names the first number that is off, and lets single precision be single", () => {
  assertEquals(disagreement([2, 1 + 1e-7], [2, 1], false), undefined);
  assertStringIncludes(disagreement([2.000001, 1], [2, 1], false)!, "number 1 is 2.000001");
  assertEquals(disagreement([2.000001, 1], [2, 1], true), undefined);
  assertStringIncludes(disagreement([2], [2, 1], true)!, "number 2 is undefined");
  assertStringIncludes(disagreement([NaN], [2], true)!, "NaN");
});

Deno.test("The headline workload finds the write-up's losses, drawn within the step or given", () => {
  const losses = [82.59178701541417, 90.6397503526272, 80.85500497260367];
  for (const draws of [true, false]) {
    assertEquals(disagreement(prepare({ ...step, draws }).check, losses, false), undefined);
  }
});

Deno.test("The beam finds a likelier labelling than greedy decoding from a width of 16 on", () => {
  const found = [1, 16, 64].map((width) => {
    const task = { ...named("beam").task as BeamWorkload, width };
    const [labelling] = prefixBeamSearch(beamInputs(task), { beamWidth: width });
    assertEquals(prepare(task).check, greedyCheck(labelling.labels));
    return labelling.labels;
  });
  assertEquals(found[0], greedyDecode(beamInputs(named("beam").task as BeamWorkload)));
  assertEquals(found.map((labels) => labels.length), [65, 66, 66]);
});

Deno.test("The attention step starts near (U + 1) log K and learns; its search says twenty labels", () => {
  const step = named("attention").task as AttentionWorkload;
  const [first, second, third] = prepare(step).check;
  assertEquals(Math.abs(first - (step.length + 1) * Math.log(step.labels)) < 1, true);
  assertEquals(third < first && second !== first, true);
  const search = named("attention-beam").task as AttentionBeamWorkload;
  const { system, params } = attentionModel(search);
  const x = attentionBatches({ ...step, batch: 1, batches: 1 })[0].x;
  const options = { beamWidth: search.beamWidth, maxLabels: search.maxLabels, lengthPower: 1 };
  const [[{ labels, score }]] = system.nBest(params, x, options);
  assertEquals(prepare(search).check, [score, ...greedyCheck(labels)]);
  assertEquals(labels.length, search.maxLabels);
});

Deno.test("Batches for contenders without ragged sequences have zeros and silence after the end", () => {
  const [{ x, labels, B, T }] = paddedBatches({ ...step, batch: 3 });
  assertEquals([x.offsets.length, labels.length], [B + 1, B * T]);
  const lengths = Array.from({ length: B }, (_, b) => {
    let t = T;
    while (x.frames.data.subarray((b * T + t - 1) * 8, (b * T + t) * 8).every((v) => v === 0)) t--;
    return t;
  });
  assertEquals([Math.max(...lengths), lengths[0]], [T, 37]); // the fixture's first length
  assertEquals(labels.subarray(lengths[0], T).every((label) => label === 0), true);
});

Deno.test("The cross-entropy that stands in for CTC starts near log K and falls", () => {
  const [first, second] = crossEntropyLosses({ ...step, batch: 4, batches: 2 }, 2);
  assertEquals(first > second && Math.abs(first - Math.log(7)) < 0.5, true);
});

Deno.test("Workloads have names of their own, and the sweep contains the headline's size", () => {
  assertEquals(new Set(workloads.map(({ name }) => name)).size, workloads.length);
  assertEquals(sweep.includes(step.hidden), true);
  assertEquals(widths.map((width) => named(beamName(width)).task.kind), widths.map(() => "beam"));
});
