import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { phonemeCorpus } from "lib/corpora/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";

/** The onset of every phoneme, as text. */
function onsets(seed: number, options: { phonemes: number; cluster?: number }): string[] {
  const { data, rows, cols } = phonemeCorpus(seed, { ...options, bands: 4096 }).signatures.early;
  return Array.from({ length: rows }, (_, k) => data.subarray(k * cols, (k + 1) * cols).join());
}

/** How many phonemes share each onset, least first. */
function sizes(names: string[]): number[] {
  return [...Map.groupBy(names, (name) => name).values()].map((g) => g.length).sort();
}

Deno.test("clusters of 1, 2, 3 and 4 phonemes share an onset; the last one may be smaller", () => {
  // At this seed no two clusters of 4096 bands draw the same band.
  assertEquals(sizes(onsets(3, { phonemes: 6, cluster: 1 })), [1, 1, 1, 1, 1, 1]);
  assertEquals(sizes(onsets(3, { phonemes: 6 })), [2, 2, 2]);
  assertEquals(sizes(onsets(3, { phonemes: 6, cluster: 3 })), [3, 3]);
  assertEquals(sizes(onsets(3, { phonemes: 6, cluster: 4 })), [2, 4]);
});

Deno.test("clusters of two are the corpus as it was, bit for bit", () => {
  const plain = phonemeCorpus(5), two = phonemeCorpus(5, { cluster: 2 });
  const three = phonemeCorpus(5, { cluster: 3 });
  assertEquals(two.signatures, plain.signatures);
  assertEquals(two.batch(new RandomState(1), 3), plain.batch(new RandomState(1), 3));
  assertEquals(three.signatures.late, plain.signatures.late);
  assertNotEquals(three.signatures.early, plain.signatures.early);
});

Deno.test("a cluster out of range is named", () => {
  for (const cluster of [0, 2.5]) {
    assertThrows(
      () => phonemeCorpus(0, { cluster }),
      RangeError,
      `cluster must be a whole number >= 1: current value is ${cluster}`,
    );
  }
});
