import { assertEquals } from "@std/assert";
import { posteriorTracks } from "lib/speech/mod.ts";

/** Five frames of 0.1 seconds: blank, two labels and silence, in sixteenths. */
const p = [[8, 4, 2, 2], [2, 8, 4, 2], [2, 4, 8, 2], [1, 2, 12, 1], [4, 2, 2, 8]];
const heard = {
  ...{ seconds: 0.5, frameSeconds: 0.1, frames: 5, labels: 4 },
  logProbs: Float32Array.from(p.flat(), (n) => Math.log2(n) - 4).map((bits) => bits * Math.LN2),
  peaks: new Float32Array(5),
};
const names = ["ε", "a", "b", "pau"];
const sixteenths = (values: Float64Array) =>
  [...values].map((value) => Math.round(1e5 * 16 * value) / 1e5);

Deno.test("posteriorTracks() has a label's posterior where the middle of a frame lies in it, and what is quiet", () => {
  const said = (text: string, start: number, end: number) => ({ text, start, end, confidence: 1 });
  const label = { ...said("ab", 0.06, 0.34), spoken: [], matches: true };
  const words = [{ ...label, labels: [said("a", 0.06, 0.24), said("b", 0.26, 0.34)] }];
  const alignment = { seconds: 0.5, frameSeconds: 0.1, words, stray: [] };
  const { labelPosteriors, blankPosteriors } = posteriorTracks(heard, alignment, {
    names,
    silence: 3,
  });
  // Middles are at 0.05, 0.15, 0.25, …: "a" has frame 1, nothing the third, "b" none
  assertEquals(sixteenths(labelPosteriors), [0, 8, 0, 0, 0]);
  assertEquals(sixteenths(blankPosteriors), [10, 4, 4, 2, 12]);
  const wider = [{ ...label, labels: [said("a", 0, 0.2), said("b", 0.2, 0.55)] }];
  const whole = posteriorTracks(heard, { ...alignment, words: wider }, { names });
  assertEquals(sixteenths(whole.labelPosteriors), [4, 8, 8, 12, 2]);
  assertEquals(sixteenths(whole.blankPosteriors), [8, 2, 2, 1, 4]);
});
