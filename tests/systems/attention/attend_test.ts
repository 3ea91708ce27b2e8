import { assertEquals } from "@std/assert";
import { attentionOf } from "lib/systems/attention/attend.ts";
import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
import { assertClose, randomMatrix } from "../../support/matrices.ts";
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

Deno.test("dot attention weighs frames by the softmax of query and keys, over the root of their width", () => {
  const [T, E, A] = [3, 2, 4], rng = new RandomState(1);
  const attention = attentionOf({ kind: "dot", width: A }, E);
  const params = { Wk: randomMatrix(rng, E, A), b: randomMatrix(rng, 1, A) };
  const h = randomMatrix(rng, T, E), query = randomMatrix(rng, 1, A).data;
  const memory = attention.listen(params, sequences([h])), context = new Float64Array(E);
  const { weights } = attention.attend(params, memory, 0, query, undefined, context);
  const powers = Array.from({ length: T }, (_, t) => {
    const key = (a: number) =>
      params.b.data[a] + h.data[t * E] * params.Wk.data[a] +
      h.data[t * E + 1] * params.Wk.data[A + a];
    return Math.exp(query.reduce((sum, q, a) => sum + q * key(a), 0) / 2);
  });
  const total = powers.reduce((a, b) => a + b);
  assertClose(weights, powers.map((power) => power / total), 1e-12);
  const heard = [0, 1].map((e) => weights.reduce((sum, w, t) => sum + w * h.data[t * E + e], 0));
  assertClose(context, heard, 1e-12);
});

Deno.test("an attention draws keys, v and locations at one over the root of what they sum, in this order", () => {
  const [E, A, reach] = [3, 4, 2], taps = 2 * reach + 1, rng = new RandomState(7);
  const { Wk, b, v, L } = attentionOf({ kind: "location", width: A, reach }, E).init(
    new RandomState(7),
  );
  for (
    const [{ data }, size, summed] of [[Wk, E * A, E], [v, A, A], [L, taps * A, taps]] as const
  ) {
    const drawn = Array.from({ length: size }, () => rng.randn());
    assertClose(data, drawn.map((value) => value / Math.sqrt(summed)), 1e-15);
  }
  assertEquals([...b.data], Array(A).fill(0));
});
