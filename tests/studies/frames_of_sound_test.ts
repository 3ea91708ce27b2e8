import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { judge } from "lib/claims/mod.ts";
import { matrix } from "lib/numeric/mod.ts";
import { speak, type Utterance } from "lib/corpora/flite/mod.ts";
import {
  claims,
  correlationsOf,
  figures,
  measure,
  results,
  shown,
  voices,
} from "lib/studies/frames_of_sound/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

const found = await results();

/** Phones one after the other, of these lengths in milliseconds. */
function utterance(...phones: readonly [label: string, ms: number][]): Utterance {
  let end = 0;
  const timed = phones.map(([label, ms]) => {
    const start = end;
    end += ms / 1000;
    return { label, start, end };
  });
  const samples = Float64Array.from({ length: Math.round(16000 * end) }, (_, n) => Math.sin(n * n));
  return { sampleRate: 16000, samples, phones: timed, words: [] };
}

/** The same from every voice. */
const byAll = (utterance: Utterance) => voices.map((voice) => ({ voice, utterance }));

Deno.test("frames of sound: phones are timed without silence, and missed between two centres", () => {
  const said = utterance(["pau", 100], ["s", 60], ["s", 30], ["ih", 90], ["pau", 120]);
  const { phoneMs, lengths, missed, feasible } = measure(byAll(said));
  assertAlmostEquals(phoneMs.slt, 60, 1e-9);
  assertEquals(lengths.slice(0, 3).map(Math.round), [60, 30, 90]);
  // At 80 ms centres lie at 40, 120, 200 … ms: the second s, from 160 to 190 ms, has none.
  assertAlmostEquals(missed[80], 1 / 3, 1e-12);
  assertEquals([missed[10], feasible[80]], [0, 1]); // 5 frames for s, blank, s, ih
  assertEquals(measure(byAll(utterance(["s", 90], ["s", 60]))).feasible[80], 0);
});

Deno.test("correlationsOf() is 1 of a column with itself, and -1 with its opposite", () => {
  const [[own, opposite]] = correlationsOf(matrix(3, 2, [1, -1, 2, -2, 4, -4]));
  assertAlmostEquals(own, 1, 1e-12);
  assertAlmostEquals(opposite, -1, 1e-12);
});

Deno.test("frames of sound: the claims come to what the notebook says", () => {
  assertEquals(claims(found).map((claim) => judge(claim).verdict), [
    "same direction",
    "yes",
    "yes",
  ]);
});

Deno.test("frames of sound: every row can fail", () => {
  assertEveryRowCanFail(claims, found);
});

Deno.test("frames of sound: the picture names every word of the sentence", () => {
  const svg = figures["sound-to-frames"]();
  const texts = [...svg.querySelectorAll("text")].map((text) => text.textContent);
  for (const { label } of speak(shown, { voice: "slt" }).words) {
    assert(texts.includes(label), label);
  }
});
