import { assertEquals } from "@std/assert";
import { phonemeCorpus } from "lib/corpora/mod.ts";
import { framesAt, phonesOf } from "lib/corpora/mod.ts";
import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";

Deno.test("phonesOf() cuts a corpus into its targets, every frame that is not silence in one phone", () => {
  const batch = phonemeCorpus(3).batch(new RandomState(0), 50);
  const phones = phonesOf(batch);
  assertEquals(phones.map(({ label }) => label), batch.targets.flat());
  assertEquals(
    phones.reduce((sum, { frames }) => sum + frames.rows, 0),
    batch.alignment.filter((label) => label !== 0).length,
  );
});

Deno.test("phonesOf() joins no phone at the end of a sequence with one at the start of the next", () => {
  const x = sequences([matrix(2, 1, [1, 2]), matrix(2, 1, [3, 4])]);
  const alignment = Int32Array.of(5, 5, 5, 0);
  const phones = phonesOf({ x, targets: [[5], [5]], alignment });
  assertEquals(phones.map(({ label, frames }) => [label, ...frames.data]), [[5, 1, 2], [5, 3]]);
});

Deno.test("framesAt() counts places from the start or the end, and leaves out phones that are too short", () => {
  const phones = [
    { label: 1, frames: matrix(1, 2, [1, 2]) },
    { label: 2, frames: matrix(3, 2, [3, 4, 5, 6, 7, 8]) },
  ];
  const at = (place?: number) => {
    const { x, labels } = framesAt(phones, place);
    return [[...x.data], [...labels]];
  };
  assertEquals(at(0), [[1, 2, 3, 4], [1, 2]]);
  assertEquals(at(1), [[5, 6], [2]]);
  assertEquals(at(-1), [[1, 2, 7, 8], [1, 2]]);
  assertEquals(at(-3), [[3, 4], [2]]);
  assertEquals(at(3), [[], []]);
  assertEquals(at(), [[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2]]);
  assertEquals(framesAt([]).x.rows, 0);
});
