import { assertEquals } from "@std/assert";
import { attentionOf } from "lib/systems/attention/attend.ts";
import { matrix, sequences } from "lib/numeric/mod.ts";
import { assertClose } from "../../support/matrices.ts";
import pytorch from "../../fixtures/pytorch-beyond.json" with { type: "json" };

Deno.test("additive attention and its gradients are PyTorch's", () => {
  for (
    const { T, width: E, attention: A, query, x, y, dy, dx, params, grads, weights } of pytorch
      .additiveAttention
  ) {
    const attention = attentionOf({ kind: "additive", width: A }, E);
    const own = {
      Wk: matrix(E, A, params.U.flat()),
      b: matrix(1, A, params.b),
      v: matrix(1, A, params.v),
    };
    const W = params.W,
      q = Float64Array.from(
        { length: A },
        (_, a) => params.q.reduce((sum, value, i) => sum + value * W[i][a], 0),
      );
    const memory = attention.listen(own, sequences([matrix(T, E, x.flat())]));
    const context = new Float64Array(E);
    const heard = attention.attend(own, memory, 0, q, undefined, context);
    assertClose(context, y, 1e-12, "context");
    assertClose(heard.weights, weights, 1e-12, "weights");
    const into = {
      params: { Wk: matrix(E, A), b: matrix(1, A), v: matrix(1, A) },
      dh: matrix(T, E),
      dKeys: matrix(T, A),
    };
    const dQuery = new Float64Array(A);
    attention.backward(own, memory, {
      ...{ b: 0, heard, before: undefined, query: q, dQuery },
      dContext: Float64Array.from(dy),
      dWeights: new Float64Array(T),
      dBefore: new Float64Array(0),
    }, into);
    attention.finish(own, memory, into);
    assertClose(into.dh.data, dx.flat(), 1e-12, "dx");
    assertClose(into.params.Wk.data, grads.U.flat(), 1e-12, "U");
    assertClose(into.params.b.data, grads.b, 1e-12, "b");
    assertClose(into.params.v.data, grads.v, 1e-12, "v");
    const dq = params.q.map((_, i) => W[i].reduce((sum, w, a) => sum + w * dQuery[a], 0));
    assertClose(dq, grads.q, 1e-12, "q");
    assertEquals(query, params.q.length);
  }
});
