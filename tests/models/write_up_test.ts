import { assertAlmostEquals, assertEquals } from "@std/assert";
import { phonemeCorpus } from "lib/corpora/mod.ts";
import { ctcBatchLoss } from "lib/criteria/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { buildModel, streams } from "lib/training/mod.ts";
import { assertMatrixClose } from "../support/matrices.ts";
import { underOurNames, writeUp } from "../support/write_up.ts";

for (const kind of ["blstm", "lstm"] as const) {
  const model = buildModel({ kind, hidden: 24 }, 8, 7);
  const params = model.init(new RandomState(streams.weights));

  Deno.test(`${kind} starts from the write-up's weights`, () => {
    const expected = underOurNames(kind, writeUp[kind].init);
    assertEquals(Object.keys(params).sort(), Object.keys(expected).sort());
    for (const [name, m] of Object.entries(expected)) {
      assertMatrixClose(params[name], m, 1e-12, name);
    }
  });

  Deno.test(`${kind} has the write-up's first gradients, before clipping`, () => {
    const { x, targets } = phonemeCorpus(0).batch(new RandomState(streams.training), 16);
    const { y, cache } = model.forward(params, x);
    const { loss, dLogits } = ctcBatchLoss(y, targets);
    const { grads } = model.backward(params, cache, dLogits);
    assertAlmostEquals(loss, writeUp[kind].nllPerIter[0], 1e-9);
    const expected = underOurNames(kind, writeUp[kind].grads1);
    assertEquals(Object.keys(grads).sort(), Object.keys(expected).sort());
    for (const [name, m] of Object.entries(expected)) assertMatrixClose(grads[name], m, 1e-9, name);
  });
}
