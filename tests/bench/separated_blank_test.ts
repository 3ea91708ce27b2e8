import { assertAlmostEquals, assertEquals } from "@std/assert";
import { framewiseBatchLoss, separatedBlank, separatedFramewise } from "lib/criteria/mod.ts";
import { linear } from "lib/models/mod.ts";
import { sequences } from "lib/numeric/mod.ts";
import { contenders, slowPath, workload } from "../../bench/separated_blank.ts";

const work = workload({ frames: 40, width: 6, labels: 12, blank: 0.9 });

Deno.test("the work has the share of blank that is asked for, in its alignment and in its model", () => {
  const blanks = (path: Iterable<number>) => [...path].filter((label) => label === 0).length;
  assertEquals(blanks(work.alignment), 36);
  const { full, separated } = contenders(work)["Greedy decode only labels"];
  assertEquals(blanks(full() as Int32Array), 36);
  assertEquals(blanks(separated() as Int32Array), 36);
});

Deno.test("the short cuts give what the long way gives", () => {
  const { separated } = contenders(work)["Greedy decode with probs."];
  assertEquals([...separated() as Int32Array], [...slowPath(work) as Int32Array]);
  const { h, params, alignment } = work;
  const { y } = linear(6, 12).forward(params, sequences([h]));
  const { loss } = framewiseBatchLoss(y, alignment, { output: separatedBlank() });
  assertAlmostEquals(separatedFramewise(h, params.W, params.b, alignment).loss, loss, 1e-9);
});
