import { assert, assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { phonemeCorpus } from "lib/corpora/mod.ts";
import {
  claims,
  listen,
  loudBands,
  onsetBands,
  places,
  results,
} from "lib/studies/phoneme_corpus/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("phoneme corpus: five corpora give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results());
});

Deno.test("the onset bands are those of the write-up's caption", () => {
  const caption = "Phonemes 1-4 share onset band 5; phonemes 5-6 share onset band 2";
  const printed = [...caption.matchAll(/(\d)-(\d) share onset band (\d)/g)].flatMap(
    ([, first, last, band]) => Array(Number(last) - Number(first) + 1).fill(Number(band)),
  );
  assertEquals<readonly number[]>(onsetBands, printed);
});

Deno.test("results() says which phonemes sound alike: 1 and 6 at seed 1, in later bands", async () => {
  const { ownBands, distances } = await results();
  assertEquals(ownBands, [6, 4, 6, 6, 6]);
  const { data, cols } = phonemeCorpus(1).signatures.late;
  assertEquals(loudBands(data, 1, cols), loudBands(data, 6, cols));
  assertEquals(distances.map(({ pair }) => pair), [
    "1 and 2",
    "1 and 3",
    "1 and 4",
    "2 and 3",
    "2 and 4",
    "3 and 4",
    "5 and 6",
  ]);
  assert(distances.every(({ swing }) => swing > 2 && swing < 4));
});

Deno.test("listen() knows the share of a guess, and hears less through noise", () => {
  const [clear, noisy] = [0.18, 1].map((noise) => listen(0, { noise }));
  assertAlmostEquals(clear.guess, 2 / 6);
  for (const heard of [clear.alone, clear.placed]) assertEquals(heard.length, places.length);
  assertGreater(clear.placed[0], noisy.placed[0] + 0.2);
  assertGreater(clear.hardestPair, noisy.hardestPair + 0.1);
});

Deno.test("listen() hears the fourth frame the better, the sooner the onset is over", () => {
  const fourth = [0.2, 0.45, 0.9].map((onset) => listen(0, { onset }).alone[3]);
  assertGreater(fourth[0], fourth[1]);
  assertGreater(fourth[1], fourth[2]);
});
