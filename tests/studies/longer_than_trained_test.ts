import { assert, assertEquals } from "@std/assert";
import { matrix } from "lib/numeric/mod.ts";
import { Training } from "lib/experiments/mod.ts";
import { experiment, sequencesOf } from "lib/studies/fixed_vector/mod.ts";
import {
  claims,
  figures,
  latencyOf,
  lengths,
  type Listening,
  listeningOf,
  type Results,
} from "lib/studies/longer_than_trained/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

const oneHot = (frames: readonly number[], T: number) => {
  const weights = matrix(frames.length, T);
  frames.forEach((frame, u) => weights.data[u * T + frame] = 1);
  return weights;
};
/** Three phones in silence, over eight frames. */
const alignment = Int32Array.of(0, 1, 1, 0, 2, 0, 3, 0);

Deno.test("listeningOf() finds nothing wrong with one step a phone, in order, also in the silence after", () => {
  for (const frames of [[1, 4, 6, 7], [3, 5, 7, 7], [0, 4, 6, 0]]) {
    const found = listeningOf([{ weights: oneHot(frames, 8), alignment }]);
    assertEquals(found, { back: 0, skipped: 0, early: 0 });
  }
});

Deno.test("listeningOf() counts steps that stay or go back, phones never heard, and early ends", () => {
  const of = (frames: readonly number[]) =>
    listeningOf([{ weights: oneHot([...frames, 0], 8), alignment }]);
  assertEquals(of([1, 4, 1, 4, 6]), { back: 1 / 5, skipped: 0, early: 0 });
  assertEquals(of([1, 2, 4, 6]), { back: 1 / 4, skipped: 0, early: 0 });
  assertEquals(of([1, 6]), { back: 0, skipped: 1 / 3, early: 0 });
  assertEquals(of([1, 4]), { back: 0, skipped: 1 / 3, early: 1 });
  assertEquals(of([1]).early, 1);
});

Deno.test("latencyOf() of attention is the way from the end of a phone to that of the sequence", () => {
  const model = new Training(experiment("location", 0)), batch = sequencesOf(model, 2, 1);
  const T = batch.x.frames.rows, labels = [...batch.alignment!];
  const ends = labels.flatMap((label, t) => label > 0 && labels[t + 1] !== label ? [t + 1] : []);
  const wait = ends.reduce((sum, end) => sum + T - end, 0) / 2;
  assertEquals(latencyOf("location", model, batch), wait);
});

Deno.test("latencyOf() counts no sequence that is recognised wrongly", () => {
  for (const reader of ["ctc", "transducer"] as const) {
    const untrained = new Training(experiment(reader, 0));
    assert(Number.isNaN(latencyOf(reader, untrained, sequencesOf(untrained, 8, 2))));
  }
});

const all = <T>(...values: T[]) => lengths.map((_, n) => [values[n], values[n]]);
const listening = (share: number): Listening => ({ back: share, skipped: share, early: share });
const held: Results = {
  errors: {
    additive: all(0, 0.4, 0.7, 0.9),
    location: all(0, 0, 0, 0.01),
    ctc: all(0, 0, 0, 0.01),
    transducer: all(0, 0, 0, 0.01),
  },
  listening: {
    additive: all(...[0, 0.3, 0.6, 0.9].map(listening)),
    location: all(...[0, 0, 0, 0].map(listening)),
  },
  latency: {
    additive: all(20, 40, 80, 170),
    location: all(20, 40, 80, 170),
    ctc: all(-2, -2, -2, -2),
    transducer: all(-2, -2, -2, -2),
  },
};

Deno.test("longer than trained: every row can fail, and the verdicts are those stated where all holds", () => {
  assertEveryRowCanFail(claims, held);
});

Deno.test("longer than trained: the figures are drawn of any results", () => {
  for (const draw of Object.values(figures)) assertEquals(draw(held).tagName, "svg");
});
