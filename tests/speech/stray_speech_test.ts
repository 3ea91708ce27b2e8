import { assertEquals } from "@std/assert";
import { straySpeech } from "lib/speech/stray_speech.ts";
import { textChain } from "lib/speech/text_chain.ts";

const chain = textChain([[1, 2], [1]], { blanks: true });

/** Stray speech where these labels are the most probable along these states, in frames of 0.2 seconds. */
function stray(states: readonly number[], labels: readonly number[]) {
  const logProbs = new Float32Array(4 * labels.length).fill(-2);
  labels.forEach((label, t) => logProbs[4 * t + label] = -1);
  return straySpeech(
    chain,
    { score: 0, states: Int32Array.from(states) },
    { logProbs, labels: 4, frameSeconds: 0.2 },
    { silence: 3 },
  );
}

Deno.test("straySpeech() is three frames of labels or more, silence and blank between them not counted", () => {
  const states = [0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6];
  const heard = (...labels: number[]) => stray(states, [...labels, 1, 0, 2, 0, 1, 0]);
  assertEquals(heard(1, 0, 3, 2, 0, 0), []);
  assertEquals(heard(0, 1, 2, 0, 3, 2), [{ start: 1, end: 6 }]);
  assertEquals(heard(3, 2, 2, 2, 3, 0), [{ start: 1, end: 4 }]);
});

Deno.test("straySpeech() lies between words, before the first and after the last, and never inside one", () => {
  for (const gap of [0, 2, 4, 6]) {
    const before = gap / 2, states = [1, 3, 5].toSpliced(before, 0, gap, gap, gap);
    const labels = [1, 2, 1].toSpliced(before, 0, 2, 1, 2);
    assertEquals(stray(states, labels), gap === 2 ? [] : [{ start: before, end: before + 3 }]);
  }
});
