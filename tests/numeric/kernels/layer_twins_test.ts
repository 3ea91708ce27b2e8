import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { compare, gaussians } from "../../support/twins.ts";
import * as plain from "lib/numeric/kernels/plain/mod.ts";
import { simd } from "lib/numeric/kernels/simd/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";

const seed = fc.integer({ min: 0, max: 1e6 });
const rows = fc.integer({ min: 0, max: 20 }), width = fc.integer({ min: 1, max: 70 });
const few = { numRuns: 60 };

Deno.test("softmax over rows and its gradient agree, also in place", () => {
  fc.assert(
    fc.property(seed, rows, width, (seed, n, m) => {
      const rng = new RandomState(seed), p = new Float64Array(n * m);
      const scores = gaussians(rng, n * m, 5), dp = gaussians(rng, n * m);
      compare({ p, scores }, ({ softmax }, v) => softmax(v.p, v.scores, n, m));
      compare({ scores }, ({ softmax }, v) => softmax(v.scores, v.scores, n, m));
      plain.softmax(p, scores, n, m);
      const ds = new Float64Array(n * m);
      compare({ ds, p, dp }, (kernels, v) => kernels.softmaxBackward(v.ds, v.p, v.dp, n, m));
      compare({ p, dp }, (kernels, v) => kernels.softmaxBackward(v.dp, v.p, v.dp, n, m));
    }),
    few,
  );
});

Deno.test("the softmax of scores that are far apart or huge agrees", () => {
  for (const m of [1, 2, 3, 4, 5, 6, 7]) {
    const scores = Float64Array.from({ length: 2 * m }, (_, i) => i % 3 === 0 ? 1e300 : -1e4 * i);
    const p = new Float64Array(2 * m);
    compare({ p, scores }, ({ softmax }, v) => softmax(v.p, v.scores, 2, m));
  }
});

Deno.test("heads of self-attention agree forwards and backwards, with distances and without", () => {
  const frames = fc.integer({ min: 0, max: 40 }), d = fc.integer({ min: 1, max: 20 });
  const some = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(seed, frames, d, some, fc.boolean(), (seed, T, d, heads, relative) => {
      const rng = new RandomState(seed), D = heads * d;
      const matrix = () => gaussians(rng, T * D);
      const far = relative ? matrix() : new Float64Array(0);
      const distances = gaussians(rng, relative && T > 0 ? (2 * T - 1) * D : 0);
      const given = { q: matrix(), k: matrix(), v: matrix(), far, distances };
      const p = gaussians(rng, heads * T * T);
      compare({ o: matrix(), p, ...given }, ({ attendForward }, v) => {
        attendForward(v.o, v.p, v.q, v.k, v.v, v.far, v.distances, T, D, heads);
      });
      const { q, k, v } = given;
      plain.attendForward(matrix(), p, q, k, v, far, distances, T, D, heads);
      const into = { dq: matrix(), dk: matrix(), dv: matrix() };
      const dFar = gaussians(rng, far.length), dDistances = gaussians(rng, distances.length);
      const all = { ...into, dFar, dDistances, dO: matrix(), p, ...given };
      compare(all, ({ attendBackward }, w) => {
        const into = [w.dq, w.dk, w.dv, w.dFar, w.dDistances] as const;
        attendBackward(...into, w.dO, w.p, w.q, w.k, w.v, w.far, w.distances, T, D, heads);
      });
    }),
    few,
  );
});

Deno.test("what location-aware attention sees, and its gradients, have the same bits on both twins", () => {
  const frames = fc.integer({ min: 1, max: 40 }), columns = fc.integer({ min: 1, max: 20 });
  const reaches = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(seed, frames, columns, reaches, (seed, T, A, reach) => {
      const rng = new RandomState(seed), taps = (2 * reach + 1) * A;
      const before = gaussians(rng, T), L = gaussians(rng, taps);
      const [hidden, dBefore, dL] = [T * A, T, taps].map((n) => gaussians(rng, n));
      const [sums, ofBefore, ofL] = [hidden, dBefore, dL].map((array) => array.slice());
      plain.addLocations(sums, before, L);
      plain.locationGradients(ofBefore, ofL, hidden, before, L);
      simd.locationGradients(dBefore, dL, hidden, before, L);
      simd.addLocations(hidden, before, L);
      assertEquals([hidden, dBefore, dL], [sums, ofBefore, ofL]);
    }),
    few,
  );
});

Deno.test("layer normalisation and its gradients agree", () => {
  fc.assert(
    fc.property(seed, rows, width, (seed, n, m) => {
      const rng = new RandomState(seed), empty = () => new Float64Array(n * m);
      const x = gaussians(rng, n * m, 2), scale = gaussians(rng, m), shift = gaussians(rng, m);
      const kept = { y: empty(), normal: empty(), inverse: new Float64Array(n) };
      compare({ ...kept, x, scale, shift }, (kernels, v) => {
        kernels.layerNormForward(v.y, v.normal, v.inverse, v.x, v.scale, v.shift, n, m, 1e-5);
      });
      const { y, normal, inverse } = kept;
      plain.layerNormForward(y, normal, inverse, x, scale, shift, n, m, 1e-5);
      const dy = gaussians(rng, n * m), sums = gaussians(rng, m);
      // With few columns nearly all of the gradient cancels out.
      if (m > 3) {
        compare({ dx: empty(), dy, normal, inverse, scale }, (kernels, v) => {
          kernels.layerNormBackward(v.dx, v.dy, v.normal, v.inverse, v.scale, n, m);
        });
      }
      compare({ sums, dy, normal }, (kernels, v) => {
        kernels.sumProducts(v.sums, v.dy, v.normal, n, m);
      });
    }),
    few,
  );
});

Deno.test("Swish and the gated linear unit agree, forwards and backwards, also at huge values", () => {
  fc.assert(
    fc.property(seed, rows, width, (seed, n, m) => {
      const rng = new RandomState(seed);
      const x = gaussians(rng, 2 * n * m, 5), dy = gaussians(rng, n * m), wide = x.slice();
      [1e5, -1e5, 800, -800].forEach((value, i) => {
        if (i < x.length) x[x.length - 1 - i] = value;
      });
      const y = new Float64Array(n * m), z = x.slice(n * m), dz = new Float64Array(n * m);
      compare({ y, z }, ({ swishForward }, v) => swishForward(v.y, v.z));
      compare({ dz, dy, z }, ({ swishBackward }, v) => swishBackward(v.dz, v.dy, v.z));
      compare({ y, x }, ({ gluForward }, v) => gluForward(v.y, v.x, n, m));
      compare({ wide, dy, x }, ({ gluBackward }, v) => gluBackward(v.wide, v.dy, v.x, n, m));
    }),
    few,
  );
});

Deno.test("the depthwise convolution and its gradients agree for any stride and padding", () => {
  const small = fc.integer({ min: 1, max: 9 }), padding = fc.integer({ min: 0, max: 6 });
  const stride = fc.integer({ min: 1, max: 4 }), frames = fc.integer({ min: 1, max: 30 });
  const columns = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(seed, frames, columns, small, stride, padding, (seed, T, D, kernel, s, p) => {
      const M = Math.floor((T + 2 * p - kernel) / s) + 1, rng = new RandomState(seed);
      fc.pre(M > 0);
      const x = gaussians(rng, T * D), w = gaussians(rng, kernel * D), y = gaussians(rng, M * D);
      compare({ y, x, w }, (kernels, v) => {
        kernels.depthwiseForward(v.y, v.x, v.w, T, M, D, kernel, s, p);
      });
      compare({ y, x, w }, (kernels, v) => {
        kernels.depthwiseBackward(v.x, v.y, v.w, T, M, D, kernel, s, p);
      });
      compare({ y, x, w }, (kernels, v) => {
        kernels.depthwiseGradients(v.w, v.y, v.x, T, M, D, kernel, s, p);
      });
    }),
    { numRuns: 200 },
  );
});

Deno.test("kernels of layers agree on arrays longer than one stretch, 2^20 values", () => {
  const [n, m] = [2 ** 19 + 4, 2], rng = new RandomState(4);
  const x = gaussians(rng, n * m), y = new Float64Array(n * m), half = new Float64Array(n);
  const scale = Float64Array.of(2, 3), shift = Float64Array.of(1, 5);
  compare({ y, x }, ({ softmax }, v) => softmax(v.y, v.x, n, m));
  compare({ y, x }, (kernels, v) => kernels.softmaxBackward(v.y, v.x, v.x, n, m));
  compare({ y, x }, ({ swishForward }, v) => swishForward(v.y, v.x));
  compare({ y, x }, ({ swishBackward }, v) => swishBackward(v.y, v.x, v.x));
  compare({ half, x }, ({ gluForward }, v) => gluForward(v.half, v.x, n, 1));
  compare({ y, half, x }, ({ gluBackward }, v) => gluBackward(v.y, v.half, v.x, n, 1));
  compare({ scale, x }, ({ sumProducts }, v) => sumProducts(v.scale, v.x, v.x, n, m));
  const normal = y.slice(), rows = (n * m) / 8, factors = gaussians(rng, rows);
  const wide = gaussians(rng, 8);
  compare({ y, x, normal, factors, wide }, (kernels, v) => {
    kernels.layerNormBackward(v.y, v.x, v.x, v.factors, v.wide, rows, 8);
  });
  compare({ y, normal, half, x, scale, shift }, (kernels, v) => {
    kernels.layerNormForward(v.y, v.normal, v.half, v.x, v.scale, v.shift, n, m, 1e-5);
  });
});
