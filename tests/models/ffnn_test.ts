import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { wordCorpus } from "lib/corpora/mod.ts";
import { bestPath } from "lib/decoding/mod.ts";
import { ffnn, type FfnnInit, linear } from "lib/models/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";

const rng = () => new RandomState(7);

Deno.test("ffnn() starts as asked: at zero, at random as linear() does, at a scaled identity", () => {
  const at = (init?: FfnnInit) => ffnn(3, 3, { init }).init(rng());
  assertEquals([...at({ kind: "zero" }).W.data], Array(9).fill(0));
  assertEquals(at({ kind: "random" }), linear(3, 3).init(rng()));
  assertEquals(at(), linear(3, 3).init(rng()));
  assertEquals([...at({ kind: "identity", scale: 2 }).W.data], [2, 0, 0, 0, 2, 0, 0, 0, 2]);
  assertEquals([...at({ kind: "identity", scale: 2 }).b.data], [0, 0, 0]);
});

Deno.test("ffnn() at the identity labels every frame of clean words rightly", () => {
  const corpus = wordCorpus();
  const model = ffnn(11, 11, { init: { kind: "identity", scale: 8 } });
  const { x, alignment } = corpus.batch(rng(), 10);
  const { y } = model.forward(model.init(rng()), x);
  assertEquals(bestPath(y.frames), alignment);
  assertAlmostEquals(y.frames.data[alignment[0]], 8);
});

Deno.test("ffnn() refuses an identity that is not square or not finite, and an unknown start", () => {
  assertThrows(
    () => ffnn(2, 3, { init: { kind: "identity", scale: 1 } }),
    RangeError,
    "ffnn(2, 3)",
  );
  assertThrows(() => ffnn(2, 2, { init: { kind: "identity", scale: NaN } }), RangeError, "is NaN");
  const init = { kind: "ones" } as unknown as FfnnInit;
  assertThrows(() => ffnn(2, 2, { init }), RangeError, 'it is "ones"');
});
