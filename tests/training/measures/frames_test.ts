import { assertEquals } from "@std/assert";
import { matrix, sequences } from "lib/numeric/mod.ts";
import { frameMetrics } from "lib/training/mod.ts";
import { frameMeasure } from "lib/training/measures/frames.ts";

/** A batch of sequences with these best paths and true labels. */
function heard(...pairs: [path: number[], alignment: number[]][]) {
  const logProbs = sequences(pairs.map(([path]) => {
    const frames = matrix(path.length, 3);
    path.forEach((label, t) => frames.data[3 * t + label] = 1);
    return frames;
  }));
  const alignment = Int32Array.from(pairs.flatMap(([, alignment]) => alignment));
  const x = sequences(pairs.map(([path]) => matrix(path.length, 1)));
  return { batch: { x, targets: pairs.map(() => []), alignment }, logProbs };
}

Deno.test("frameMetrics() tell places apart in all batches, and no phone runs on into the next sequence", () => {
  const batches = [
    heard([[1, 0], [1, 1]], [[1, 0, 2], [1, 1, 0]]),
    heard([[0, 1], [1, 1]]),
  ];
  assertEquals(frameMetrics(batches, { places: 1 }), {
    accuracy: 3 / 7,
    byPosition: { start: [2 / 3], end: [1 / 3] },
  });
  assertEquals(frameMetrics(batches, {}), { accuracy: 3 / 7 });
});

Deno.test("what stands in a row for frames is shares at the start and at the end, and no more", () => {
  const holds = (byPosition: unknown) => frameMeasure.rowForm.holds({ accuracy: 1, byPosition });
  assertEquals(holds({ start: [0.5, NaN], end: [1] }), true);
  const wrong = [{ start: [1], end: 3 }, { start: ["1"], end: [] }, { start: [1] }, {
    start: [],
    end: [],
    middle: [],
  }];
  for (const byPosition of wrong) assertEquals(holds(byPosition), false);
});
