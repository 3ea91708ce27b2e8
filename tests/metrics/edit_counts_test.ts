import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  type EditCounts,
  editCounts,
  editDistance,
  labelErrorRate,
  labelErrors,
} from "lib/metrics/mod.ts";

const total = ({ substitutions, insertions, deletions }: EditCounts) =>
  substitutions + insertions + deletions;

/** Every way from a target to what was decoded. */
function* ways(decoded: readonly number[], target: readonly number[]): Generator<EditCounts> {
  if (decoded.length === 0 && target.length === 0) {
    yield { substitutions: 0, insertions: 0, deletions: 0 };
  }
  const [d, ...moreDecoded] = decoded, [t, ...moreTarget] = target;
  if (decoded.length > 0) {
    for (const way of ways(moreDecoded, target)) yield { ...way, insertions: way.insertions + 1 };
  }
  if (target.length > 0) {
    for (const way of ways(decoded, moreTarget)) yield { ...way, deletions: way.deletions + 1 };
  }
  if (decoded.length === 0 || target.length === 0) return;
  for (const way of ways(moreDecoded, moreTarget)) {
    yield { ...way, substitutions: way.substitutions + (d === t ? 0 : 1) };
  }
}

Deno.test("editCounts() are those of a shortest way, with the fewest substitutions, of all ways", () => {
  const labels = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 5 });
  fc.assert(
    fc.property(labels, labels, (decoded, target) => {
      const [best] = [...ways(decoded, target)]
        .sort((a, b) => total(a) - total(b) || a.substitutions - b.substitutions);
      assertEquals(editCounts(decoded, target), best);
    }),
    { numRuns: 200 },
  );
});

Deno.test("the edits of long labellings add up to their distance", () => {
  const labels = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 200 });
  fc.assert(fc.property(labels, labels, (decoded, target) => {
    const counts = editCounts(decoded, target);
    assertEquals(total(counts), editDistance(decoded, target));
    assertEquals(counts.insertions - counts.deletions, decoded.length - target.length);
  }));
});

Deno.test("labelErrors() has the rate of labelErrorRate(), and the edits of all sequences", () => {
  const decoded = [[1, 2, 3], [], [4, 4, 5]], targets = [[1, 3], [2, 2], [4, 5, 6]];
  assertEquals(labelErrors(decoded, targets), {
    rate: labelErrorRate(decoded, targets),
    substitutions: 0,
    insertions: 2,
    deletions: 3,
    labels: 7,
  });
  assertEquals(labelErrors([[]], [[]]).rate, NaN);
  assertThrows(() => labelErrors([[1]], []), RangeError, "each of the 0 targets: there are 1");
});
