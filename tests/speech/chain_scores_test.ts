import { assertAlmostEquals } from "@std/assert";
import { matrix } from "lib/numeric/mod.ts";
import { chainScores } from "lib/speech/chain_scores.ts";

/** Two frames of blank, two labels and silence. */
const p = [[0.5, 0.25, 0.125, 0.125], [0.1, 0.1, 0.2, 0.6]];
const heard = {
  ...{ seconds: 0.08, frameSeconds: 0.04, frames: 2, labels: 4 },
  logProbs: Float32Array.from(p.flat(), Math.log),
  peaks: new Float32Array(2),
};

Deno.test("chainScores(): labels lose their prior, blank gains its shift, and gaps are the best of what is quiet or foreign", () => {
  const weighing = { blankShift: -1, priorScale: 0.5, innerCost: 0.75, strayCost: 0.25 };
  const prior = [0.3, 0.175, 0.1625, 0.3625];
  for (const blanks of [true, false]) {
    const scores = chainScores(heard, { silence: 3, blanks }, weighing);
    p.forEach((frame, t) => {
      const row = matrix(1, 6).data;
      scores(t, row);
      const due = frame.map((p, k) =>
        Math.log(p) - 0.5 * Math.log(prior[k]) - (blanks && k === 0 ? 1 : 0)
      );
      const foreign = Math.max(...due.slice(1)) - 0.25, blank = blanks ? due[0] : -Infinity;
      due.push(blank - 0.75, Math.max(blank, due[3], foreign));
      due.forEach((score, k) => assertAlmostEquals(row[k], score, 1e-6, `frame ${t}, place ${k}`));
    });
  }
});
