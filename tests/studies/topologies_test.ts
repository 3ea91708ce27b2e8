import { assertAlmostEquals, assertEquals, assertGreater, assertMatch } from "@std/assert";
import { claims, figures, results, topologiesOf } from "lib/studies/topologies/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("topologies: the numbers give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results());
});

Deno.test("topologiesOf(): an HMM of two words has ε in three places, CTC in seven", () => {
  const places = Object.values(topologiesOf([[1, 2, 2], [3, 4, 5]])).map(({ labels }) =>
    labels.filter((label) => label === 0).length
  );
  assertEquals(places, [3, 7, 7]);
});

Deno.test("results() counts alignments: C(T + L - r, 2L) of CTC, C(T + L, 2L) of gradient scores", async () => {
  const { counts } = await results();
  const choose = (n: number, k: number): number => k === 0 ? 1 : n * choose(n - 1, k - 1) / k;
  for (const { frames: T, ...count } of counts) {
    assertAlmostEquals(count.CTC, choose(T + 5, 12));
    assertAlmostEquals(count["gradient scores"], choose(T + 6, 12));
  }
});

Deno.test("results() has shares of all paths that add up to 1 in every frame", async () => {
  const { shares, epsilon } = await results();
  for (const { rows: T, cols: S, data } of Object.values(shares)) {
    for (let t = 0; t < T; t++) {
      const frame = data.subarray(t * S, (t + 1) * S);
      assertAlmostEquals(frame.reduce((sum, share) => sum + Math.max(0, share), 0), 1, 1e-9);
    }
  }
  const [, , { HMM, CTC }] = epsilon;
  assertGreater(HMM, 0.2);
  assertGreater(CTC, 0.4);
});

Deno.test("the automata of the study name HMM, CTC and gradient scores", () => {
  assertMatch(figures.automata().textContent!, /HMM: .*CTC: .*Gradient scores: /);
});
