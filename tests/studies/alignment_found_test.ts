import { assertEquals, assertNotEquals } from "@std/assert";
import { matrix, sequences } from "lib/numeric/mod.ts";
import {
  alignmentGif,
  alignmentOf,
  claims,
  heldOut,
  posterior,
} from "lib/studies/alignment_found/mod.ts";
import { writeUpExperiment } from "lib/experiments/write_up.ts";
import { Training } from "lib/training/mod.ts";
import { decodeGif } from "../figures/decode_gif.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

/** Scores [T, 3] whose best path is the one given. */
function scores(path: readonly number[]) {
  return matrix(path.length, 3, path.flatMap((k) => [0, 1, 2].map((c) => c === k ? 1 : 0)));
}

Deno.test("alignmentOf() counts blank, labels inside their phone, and phones that have theirs", () => {
  const y = sequences([scores([0, 1, 0, 2, 0]), scores([1, 0, 1, 0, 0])]);
  const alignment = [0, 1, 1, 0, 2, /* next */ 1, 1, 0, 0, 0];
  assertEquals(alignmentOf(y, { targets: [[1, 2], [1]], alignment }), {
    per: 1 / 3,
    blank: 60,
    silence: 50,
    inside: 50,
    found: 100 * 2 / 3,
    framesPerPhone: 4 / 3,
  });
});

Deno.test("alignmentOf() does not take phones of two sequences for one", () => {
  const y = sequences([scores([1]), scores([0])]);
  assertEquals(alignmentOf(y, { targets: [[1], [1]], alignment: [1, 1] }).found, 50);
});

Deno.test("posterior() is a distribution at every frame of a held-out sequence", () => {
  const trained = new Training(writeUpExperiment("blstm", 0, { hidden: 2 }));
  const { x, alignment } = heldOut(0);
  const { rows, cols, data } = posterior(trained, x);
  assertEquals([rows, cols], [alignment.length, 7]);
  for (let t = 0; t < rows; t++) {
    const sum = data.subarray(t * cols, (t + 1) * cols).reduce((s, p) => s + Math.exp(p), 0);
    assertEquals(Math.abs(sum - 1) < 1e-12, true);
  }
});

Deno.test("alignmentGif() trains from the first step, and draws on the way", async () => {
  const row = { every: 100, iter: 1, nll: 80, per: 1, seqAcc: 0 };
  const curves = [{ name: "BLSTM", rows: [row] }];
  const gif = decodeGif(await alignmentGif(writeUpExperiment("blstm", 0), curves, [1, 3]));
  assertEquals(gif.frames.map(({ delay }) => delay), [1000, 3000]);
  assertNotEquals(gif.frames[0].rgb, gif.frames[1].rgb);
});

Deno.test("alignment found: results like the stored ones give the stated verdicts, and every row can fail", () => {
  const measures = {
    per: [0, 0, 0, 0, 0],
    blank: [68.7, 62.7, 53.9, 59.9, 75.6],
    silence: [33, 34, 33, 34, 33],
    inside: [100, 99.6, 86.2, 99.9, 100],
    found: [100, 100, 87, 100, 100],
    framesPerPhone: [3.3, 3.9, 4.6, 4.2, 2.6],
  };
  assertEveryRowCanFail(claims, { measures });
});
