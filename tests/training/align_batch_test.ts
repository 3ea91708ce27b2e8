import { assert, assertEquals, assertThrows } from "@std/assert";
import { gradientAlignment, gradScoreExt } from "lib/alignment/mod.ts";
import { matrix } from "lib/numeric/mod.ts";
import {
  attentionAlignments,
  gradientAlignments,
  heldOutSequences,
  pathAlignments,
  Training,
} from "lib/training/mod.ts";
import { spelling } from "../support/experiments.ts";

const attention = { kind: "additive", width: 4 } as const;
const listening = { kind: "attention", hidden: 4, attention } as const;
const transducer = {
  kind: "transducer",
  prediction: { kind: "lstm", hidden: 3 },
  joint: 4,
} as const;

Deno.test("labels that a transducer gives at one frame are set apart, in order, and near it", () => {
  const model = new Training(spelling(transducer, 2)), { system, params } = model;
  const batch = heldOutSequences(model, 8);
  const found = pathAlignments(model, batch);
  const given = system.align!(params, batch.x, batch.targets);
  let moved = 0;
  found.forEach(({ score, labels, spans }, b) => {
    const T = batch.x.offsets[b + 1] - batch.x.offsets[b];
    assertEquals([score, labels.length], [given[b].score, T]);
    assertEquals(spans.map(({ label }) => label), batch.targets[b]);
    let end = 0;
    spans.forEach((span, n) => {
      assert(span.start >= end && span.end === span.start + 1 && span.end <= T);
      assertEquals(labels[span.start], span.label);
      assert(Math.abs(span.start - given[b].spans[n].start) < spans.length);
      if (span.start !== given[b].spans[n].start) moved++;
      end = span.end;
    });
  });
  assert(moved > 0);
});

Deno.test("labels at frames of their own stay there", () => {
  const spans = [3, 7, 8].map((start, index) => ({
    index,
    label: 1,
    start,
    end: start + 1,
    score: -1,
  }));
  const model = new Training(spelling(transducer, 2)), batch = heldOutSequences(model, 1);
  const system = { ...model.system, align: () => [{ score: -3, spans }] };
  const [found] = pathAlignments({ system, params: {} }, { ...batch, targets: [[1, 1, 1]] });
  assertEquals(found.spans, spans);
  const last = batch.x.frames.rows - 1;
  const together = spans.map((span) => ({ ...span, start: last, end: last + 1 }));
  const crowded = { ...system, align: () => [{ score: -3, spans: together }] };
  const [moved] = pathAlignments({ system: crowded, params: {} }, batch);
  assertEquals(moved.spans.map(({ start }) => start), [last - 2, last - 1, last]);
});

Deno.test("attention weights align as gradients do, without the end's row", () => {
  const { system, params, ...rest } = new Training(spelling(listening, 2));
  const batch = heldOutSequences(rest, 3);
  const weights = system.attentionWeights!(params, batch.x, batch.targets);
  attentionAlignments({ system, params }, batch).forEach((found, b) => {
    const target = batch.targets[b], { cols: T, data } = weights[b];
    const log = data.subarray(0, target.length * T).map(Math.log);
    const due = gradientAlignment(gradScoreExt(matrix(target.length, T, log)), target);
    assertEquals(found, due);
  });
});

Deno.test("what has no paths or does not attend is named, and a target that is too long not aligned", () => {
  const decoder = new Training(spelling(listening, 2)), batch = heldOutSequences(decoder, 1);
  const message = "Cannot align by force as the system must have align(): it has none";
  assertThrows(() => pathAlignments(decoder, batch), RangeError, message);
  const T = batch.x.frames.rows, long = { ...batch, targets: [Array<number>(T + 1).fill(1)] };
  assertEquals(attentionAlignments(decoder, long)[0].score, -Infinity);
  const full = { ...batch, targets: [Array<number>(T).fill(1)] };
  const [{ labels }] = attentionAlignments(decoder, full); // a frame for each
  assertEquals([...labels], full.targets[0]);
  const deaf = new Training(spelling({ ...listening, attention: { kind: "none" } }, 2));
  assertThrows(() => attentionAlignments(deaf, batch), RangeError, "the decoder must attend");
  const lattice = new Training(spelling(transducer, 2));
  assertThrows(() => attentionAlignments(lattice, batch), RangeError, "attentionWeights()");
  const hybrid = new Training(spelling({ ...listening, ctcWeight: 0.3 }, 2));
  assertEquals(pathAlignments(hybrid, long)[0], {
    score: -Infinity,
    labels: new Int32Array(0),
    spans: [],
  });
});

Deno.test("gradientAlignments() checks all its options, whatever the method takes of them", () => {
  const model = new Training(spelling({ kind: "ctc" }, 2)), batch = heldOutSequences(model, 1);
  for (const method of ["grad-score", "grad-score-ext"] as const) {
    const of = (options: object) => () => gradientAlignments(model, { batch }, method, options);
    assertThrows(of({ blankScore: NaN }), RangeError, "blankScore must be");
    assertThrows(of({ percentile: 101 }), RangeError, "percentile must be");
    assertThrows(of({ priorScale: Infinity }), RangeError, "priorScale must be");
    assertThrows(of({ ctcWeight: 2 }), RangeError, "ctcWeight must be");
    assertThrows(of({ p: NaN }), RangeError, "p must be");
    assertThrows(of({ maskBlank: 1 }), TypeError, "maskBlank must be true or false");
    assertThrows(of({ precentile: 50 }), TypeError, 'did you mean "percentile"?');
  }
});
