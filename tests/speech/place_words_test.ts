import { assertEquals } from "@std/assert";
import { type Extent, placeLabels, wordFrames } from "lib/speech/place_words.ts";
import { textChain } from "lib/speech/text_chain.ts";

Deno.test("placeLabels() has an edge where it is expected, a quarter of a frame beside the middle of a label at least", () => {
  const chain = textChain([[1, 2]], { blanks: true }), own: Extent[][] = [[[0, 1], [1, 2]]];
  const edge = (at: number) => {
    const [[first, second]] = placeLabels(chain, own, [[[0, at], [at, 2]]], 2);
    assertEquals(first.end, second.start);
    return first.end;
  };
  assertEquals([0.1, 0.8, 1.2, 1.9].map(edge), [0.75, 0.8, 1.2, 1.25]);
});

Deno.test("placeLabels() lets neither word pass the middle of a pause, and the ends of words touch without one", () => {
  const chain = textChain([[1], [2]], { blanks: true });
  const edges = (gap: number, end: number, start: number) => {
    const own: Extent[][] = [[[0, 1]], [[1 + gap, 2 + gap]]];
    const [[first], [second]] = placeLabels(chain, own, [[[0, end]], [[start, 2 + gap]]], 2);
    return [first.end, second.start];
  };
  assertEquals(edges(2, 1.5, 2.5), [2, 2]);
  assertEquals(edges(4, 1.5, 4.5), [1.5, 4.5]);
  assertEquals(edges(4, 3.5, 2.5), [3, 3]);
});

Deno.test("wordFrames() reaches out from a word as far as it may, and never into another", () => {
  const own: Extent[][] = [[[3, 5]], [[6, 7], [8, 10]], [[15, 16]]];
  assertEquals(own.map((_, w) => wordFrames(own, w, 2, 17)), [[1, 6], [5, 12], [13, 17]]);
  assertEquals(own.map((_, w) => wordFrames(own, w, 9, 17)), [[0, 6], [5, 15], [10, 17]]);
});
