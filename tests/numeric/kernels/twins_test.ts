import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ctcTopology, type Topology, topology } from "lib/alignment/mod.ts";
import type { Kernels } from "lib/numeric/kernels/mod.ts";
import * as plain from "lib/numeric/kernels/plain/mod.ts";
import { simd } from "lib/numeric/kernels/simd/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { compare, gaussians } from "../../support/twins.ts";

const seed = fc.integer({ min: 0, max: 1e6 });
const width = fc.integer({ min: 1, max: 130 });
const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 37 });
const few = { numRuns: 60 };

function offsetsOf(lengths: readonly number[]): Int32Array {
  const offsets = new Int32Array(lengths.length + 1);
  lengths.forEach((T, b) => offsets[b + 1] = offsets[b] + T);
  return offsets;
}

Deno.test("the three products and sumRows agree, whatever the sizes, also of 0", () => {
  const size = fc.integer({ min: 0, max: 70 });
  fc.assert(
    fc.property(seed, size, size, size, (seed, n, k, m) => {
      const rng = new RandomState(seed);
      const a = gaussians(rng, n * k), b = gaussians(rng, k * m), out = gaussians(rng, n * m);
      compare({ out, a, b }, ({ matmul }, v) => matmul(v.out, v.a, v.b, n, k, m));
      compare({ out, a, b }, (kernels, v) => kernels.matmulTransposeB(v.out, v.a, v.b, n, k, m));
      compare({ out, a, b }, (kernels, v) => kernels.matmulTransposeA(v.out, v.a, v.b, n, k, m));
      const sums = gaussians(rng, m);
      compare({ sums, b }, ({ sumRows }, v) => sumRows(v.sums, v.b, k, m));
    }),
    few,
  );
});

Deno.test("products that start from a row agree, whatever was in the sums", () => {
  const size = fc.integer({ min: 0, max: 70 });
  fc.assert(
    fc.property(seed, size, size, size, (seed, n, k, m) => {
      const rng = new RandomState(seed), out = gaussians(rng, n * m).fill(NaN);
      const a = gaussians(rng, n * k), b = gaussians(rng, k * m), row = gaussians(rng, m);
      compare({ out, a, b, row }, ({ matmul }, v) => matmul(v.out, v.a, v.b, n, k, m, v.row));
      compare({ out, a, b, row }, ({ matmulTransposeB }, v) => {
        matmulTransposeB(v.out, v.a, v.b, n, k, m, v.row);
      });
    }),
    few,
  );
});

Deno.test("addScaled agrees to the last bit, also in place", () => {
  for (const n of [0, 1, 2, 3, 64, 65]) {
    const rng = new RandomState(n), [a, b] = [gaussians(rng, n), gaussians(rng, n)];
    const expected = a.map((value, i) => value + 0.3 * b[i]);
    for (const kernels of [plain, simd]) {
      assertEquals(kernels.addScaled(new Float64Array(n), a, b, 0.3), expected);
      assertEquals(kernels.addScaled(b.slice(), a, b, 0.3), expected);
    }
  }
});

Deno.test("products longer than one block of the SIMD twin agree", () => {
  const rng = new RandomState(3);
  const [n, k, m] = [35, 200, 19];
  const a = gaussians(rng, n * k), b = gaussians(rng, k * m), out = gaussians(rng, n * m);
  compare({ out, a, b }, ({ matmul }, v) => matmul(v.out, v.a, v.b, n, k, m));
  compare({ out, a, b }, (kernels, v) => kernels.matmulTransposeB(v.out, v.a, v.b, n, k, m));
  compare({ out, a, b }, (kernels, v) => kernels.matmulTransposeA(v.out, v.a, v.b, n, k, m));
});

function checkLstm(
  seed: number,
  D: number,
  H: number,
  lengths: readonly number[],
  peephole = false,
): void {
  const rng = new RandomState(seed);
  const offsets = offsetsOf(lengths);
  const N = offsets[lengths.length], G = 4 * H;
  const x = gaussians(rng, N * D);
  const Wx = gaussians(rng, D * G, 0.5 / Math.sqrt(D));
  const Wh = gaussians(rng, H * G, 0.5 / Math.sqrt(H));
  const b = gaussians(rng, G), dy = gaussians(rng, N * H);
  const p = gaussians(rng, peephole ? 3 * H : 0, 0.5 / Math.sqrt(H));
  const states = {
    h: new Float64Array(N * H),
    c: new Float64Array(N * H),
    tanhC: new Float64Array(N * H),
    gates: new Float64Array(N * G),
  };
  compare({ ...states, x, Wx, Wh, b, p }, ({ lstmForward }, v) => {
    lstmForward(v.h, v.c, v.tanhC, v.gates, v.x, v.Wx, v.Wh, v.b, v.p, offsets, D, H);
  });
  const { h, c, tanhC, gates } = states;
  plain.lstmForward(h, c, tanhC, gates, x, Wx, Wh, b, p, offsets, D, H);
  const dz = new Float64Array(N * G), dWx = gaussians(rng, D * G), dWh = gaussians(rng, H * G);
  const dp = gaussians(rng, p.length);
  const all = { dz, dy, gates, c, tanhC, Wh, p, x, h, dWx, dWh, db: b, dp };
  compare(all, ({ lstmBackward, lstmGradients }, v) => {
    lstmBackward(v.dz, v.dp, v.dy, v.gates, v.c, v.tanhC, v.Wh, v.p, offsets, H);
    lstmGradients(v.dWx, v.dWh, v.db, v.x, v.h, v.dz, offsets, D, H);
  });
}

Deno.test("LSTM forward, backward and weight gradients agree for D and H from 1 to 130", () => {
  fc.assert(fc.property(seed, width, width, lengths, fc.boolean(), checkLstm), { numRuns: 40 });
});

Deno.test("the LSTM agrees on sequences of one frame, and on long ones", () => {
  checkLstm(1, 8, 24, [1]);
  checkLstm(2, 8, 24, [1, 1, 1]);
  checkLstm(3, 1, 1, [1]);
  checkLstm(4, 8, 24, [100, 1, 57]);
  checkLstm(5, 3, 7, [300]);
});

Deno.test("the LSTM agrees on batches of more sequences than it takes at once, 32", () => {
  const sizes = [[1, 1], [31, 7], [33, 8], [5, 33]];
  for (const B of [31, 32, 33, 34, 63, 64, 65, 97]) {
    const rng = new RandomState(B);
    const different = Array.from({ length: B }, () => 1 + rng.randint(0, 5));
    const [D, H] = sizes[B % 4];
    checkLstm(B, D, H, different);
    checkLstm(B, D, H, Array(B).fill(2)); // all run to the end
    checkLstm(B, D, H, different.toSorted((a, b) => a - b)); // the longest last
  }
});

Deno.test("every kernel agrees on both sides of every size that it takes at once", () => {
  // Tiles have 2 rows and 8 columns; 12 rows share a block, of 32 terms; passes have 32 rows.
  const sizes = [1, 2, 3, 7, 8, 9, 11, 12, 13, 31, 32, 33, 63, 64, 65, 97];
  const rng = new RandomState(9);
  sizes.forEach((n, i) => {
    for (const [k, m] of [[33, 9], [sizes[(5 * i + 2) % 16], sizes[(3 * i + 1) % 16]]]) {
      const a = gaussians(rng, n * k), b = gaussians(rng, k * m), out = gaussians(rng, n * m);
      for (const product of ["matmul", "matmulTransposeA", "matmulTransposeB"] as const) {
        compare({ out, a, b }, (kernels, v) => kernels[product](v.out, v.a, v.b, n, k, m));
      }
      const sums = gaussians(rng, k);
      compare({ sums, a }, ({ sumRows }, v) => sumRows(v.sums, v.a, n, k));
      const probs = new Float64Array(n * k);
      compare({ probs, a }, ({ logSoftmax }, v) => logSoftmax(v.probs, v.a, n, k));
      plain.logSoftmax(probs, a, n, k);
      compare({ probs, a }, ({ softmaxMinus }, v) => softmaxMinus(v.probs, v.probs, v.a));
    }
    checkLstm(n, n, sizes[(7 * i + 3) % 16], [3, 1, 2]);
    checkLstm(n, sizes[(7 * i + 3) % 16], n, [3, 1, 2]);
  });
});

Deno.test("the full sum agrees for every number of states, labels and frames around its blocks", () => {
  for (let L = 0; L <= 9; L++) { // 1, 3 … 19 states
    const target = Array.from({ length: L }, (_, i) => 1 + (i * i) % 3);
    for (const T of [1, 2, 3, 2 * L + 1, 33]) checkFullSum(L, T, 4 + L % 3, ctcTopology(target));
  }
  for (let S = 1; S <= 9; S++) {
    // Arcs that reach further than a row's margin, 6 places, and so are gathered one by one.
    const states = Array.from(
      { length: S },
      (_, s) => ({ label: s % 3, index: s, initial: 0, final: 0 }),
    );
    const arcs = states.flatMap((_, s) =>
      [[s, s], [s, (s + S - 1) % S], [s, (s + 2) % S]] as const
    );
    checkFullSum(S, 5, 3, topology(states, arcs));
    // All states are reached from as many places before them, or after.
    const ahead = Array.from({ length: 4 * S }, (_, s) => ({ ...states[s % S], index: s }));
    for (const far of [S, -S]) {
      const steps = ahead.flatMap((_, s) =>
        ahead[s + far] ? [[s, s], [s, s + far]] as const : [[s, s]] as const
      );
      checkFullSum(S, 5, 3, topology(ahead, steps));
    }
  }
});

Deno.test("logSoftmax agrees where the largest logit is beyond 2^28, and takes it off", () => {
  for (const z of [2 ** 28 - 1, 2 ** 28, -(2 ** 28), 1e17, -1e17, 1e300]) {
    for (const K of [1, 2, 3, 4]) {
      const logits = new Float64Array(2 * K).fill(z), out = new Float64Array(2 * K);
      logits[K] -= 1e305;
      compare({ out, logits }, ({ logSoftmax }, v) => logSoftmax(v.out, v.logits, 2, K));
      const shares = simd.logSoftmax(out, logits, 2, K).map(Math.exp);
      for (let k = 0; k < K; k++) assert(Math.abs(shares[k] - 1 / K) < 1e-7, `${shares}`);
    }
  }
});

Deno.test("logSoftmax and softmaxMinus agree, also in place", () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 20 }), width, (seed, T, K) => {
      const rng = new RandomState(seed);
      const logits = gaussians(rng, T * K, 5), out = new Float64Array(T * K);
      compare({ out, logits }, ({ logSoftmax }, v) => logSoftmax(v.out, v.logits, T, K));
      compare({ logits }, ({ logSoftmax }, v) => logSoftmax(v.logits, v.logits, T, K));
      const logProbs = plain.logSoftmax(out, logits, T, K).slice(), v = gaussians(rng, T * K);
      compare({ out, logProbs, v }, ({ softmaxMinus }, a) => softmaxMinus(a.out, a.logProbs, a.v));
    }),
    few,
  );
});

function checkFullSum(seed: number, T: number, K: number, target: Topology): void {
  const rng = new RandomState(seed);
  const S = target.labels.length;
  const logProbs = plain.logSoftmax(new Float64Array(T * K), gaussians(rng, T * K, 3), T, K);
  const emission = Float64Array.from(
    { length: T * S },
    (_, i) => logProbs[Math.floor(i / S) * K + target.labels[i % S]],
  );
  const empty = () => new Float64Array(T * S);
  const scores = (kernels: Kernels, out: Float64Array, emission: Float64Array, back: boolean) => {
    const arcs = back ? target.outgoing : target.incoming;
    const boundary = back ? target.final : target.initial;
    const { start, state, logWeight } = arcs;
    kernels.pathScores(out, emission, boundary, start, state, logWeight, T, S, back);
  };
  compare({ forward: empty(), backward: empty(), emission }, (kernels, v) => {
    scores(kernels, v.forward, v.emission, false);
    scores(kernels, v.backward, v.emission, true);
  });
  const forward = empty(), backward = empty();
  scores(plain, forward, emission, false);
  scores(plain, backward, emission, true);
  const occupancy = gaussians(rng, T * K);
  const ends = Array.from(target.final, (w, s) => w + forward[(T - 1) * S + s]);
  const most = Math.max(...ends);
  const logScore = most === -Infinity
    ? most
    : most + Math.log(ends.reduce((sum, end) => sum + Math.exp(end - most), 0));
  compare({ occupancy, forward, backward, emission }, ({ addOccupancies }, v) => {
    addOccupancies(
      v.occupancy,
      v.forward,
      v.backward,
      v.emission,
      target.labels,
      logScore,
      T,
      K,
    );
  });
}

Deno.test("the full sum agrees over CTC topologies, feasible or not", () => {
  const target = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 30 });
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 40 }), target, (seed, T, target) => {
      checkFullSum(seed, T, 5, ctcTopology(target));
    }),
    few,
  );
});

Deno.test("the full sum and the softmax agree on tables longer than one stretch, 2^20 values", () => {
  checkFullSum(1, 9000, 5, ctcTopology(Array.from({ length: 60 }, (_, n) => 1 + n % 4)));
  const rng = new RandomState(2);
  const [n, k, m] = [2 ** 16 + 1, 17, 3];
  const a = gaussians(rng, n * k), b = gaussians(rng, k * m), out = new Float64Array(n * m);
  compare({ out, a, b }, ({ matmul }, v) => matmul(v.out, v.a, v.b, n, k, m));
  compare({ out, a, b }, (kernels, v) => kernels.matmulTransposeB(v.out, v.a, v.b, n, k, m));
  const sums = gaussians(rng, k), probs = new Float64Array(n * k);
  compare({ sums, a }, ({ sumRows }, v) => sumRows(v.sums, v.a, n, k));
  compare({ probs, a }, ({ logSoftmax }, v) => logSoftmax(v.probs, v.a, n, k));
  compare({ probs, a }, ({ softmaxMinus }, v) => softmaxMinus(v.probs, v.a, v.a));
});

Deno.test("the full sum agrees over topologies with any arcs and weights, or none", () => {
  const arcs = (S: number) =>
    fc.uniqueArray(
      fc.tuple(
        fc.integer({ min: 0, max: S - 1 }),
        fc.integer({ min: 0, max: S - 1 }),
        fc.integer({ min: -20, max: 0 }),
      ),
      { maxLength: 6 * S, selector: ([from, to]) => from * S + to },
    );
  const graph = fc.integer({ min: 1, max: 12 }).chain((S) => fc.tuple(fc.constant(S), arcs(S)));
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 20 }), graph, (seed, T, [S, arcs]) => {
      const states = Array.from({ length: S }, (_, s) => ({
        label: s % 3,
        index: s,
        initial: s % 4 === 0 ? -s : undefined,
        final: s % 3 === 2 || s === S - 1 ? -0.5 * s : undefined,
      }));
      checkFullSum(seed, T, 3, topology(states, arcs));
    }),
    { numRuns: 200 },
  );
});

Deno.test("a step of Adam agrees to the last bit", () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 0, max: 70 }), (seed, n) => {
      const rng = new RandomState(seed);
      const theta = gaussians(rng, n), mean = gaussians(rng, n), g = gaussians(rng, n);
      const square = gaussians(rng, n).map(Math.abs);
      const [expected, actual] = [plain, simd].map((kernels) =>
        kernels.adamStep(
          theta.slice(),
          mean.slice(),
          square.slice(),
          g,
          3e-3,
          0.9,
          0.999,
          1e-8,
          0.1,
          0.001,
        )
      );
      assert(expected.every((x, i) => Object.is(x, actual[i])));
    }),
    few,
  );
});

Deno.test("the lattice of a transducer agrees, whatever its sizes, whole or of a prefix", () => {
  const size = fc.integer({ min: 1, max: 19 });
  fc.assert(
    fc.property(seed, size, size, width, fc.boolean(), (seed, T, C, K, prefix) => {
      const rng = new RandomState(seed), N = T * C, blank = rng.randint(0, K);
      const targets = Int32Array.from({ length: C }, () => rng.randint(0, K));
      if (!prefix) targets[C - 1] = -1;
      const end = prefix ? -Infinity : 0, first = rng.randint(0, C);
      const logits = gaussians(rng, N * K, 4), probs = new Float64Array(N * K);
      const [blanks, labels] = [new Float64Array(N), new Float64Array(N)];
      for (const from of [0, first]) { // the rows of a stripe need not start at the first column
        compare({ probs, blanks, labels, logits }, ({ transducerSteps }, v) => {
          transducerSteps(v.probs, v.blanks, v.labels, v.logits, targets, from, K, blank);
        });
      }
      compare({ blanks, labels, logits }, ({ transducerSteps }, v) => {
        transducerSteps(v.logits, v.blanks, v.labels, v.logits, targets, 0, K, blank);
      });
      plain.transducerSteps(probs, blanks, labels, logits, targets, 0, K, blank);
      const [alpha, beta] = [new Float64Array(N), new Float64Array(N)];
      compare({ alpha, beta, blanks, labels }, ({ latticeScores }, v) => {
        latticeScores(v.alpha, v.beta, v.blanks, v.labels, C, end);
      });
      plain.latticeScores(alpha, beta, blanks, labels, C, end);
      for (const from of [0, Math.min(first, N - 1)]) {
        const rows = probs.slice(from * K);
        compare({ rows, alpha, beta, blanks, labels }, ({ latticeGradient }, v) => {
          latticeGradient(
            v.rows,
            v.alpha,
            v.beta,
            v.blanks,
            v.labels,
            targets,
            from,
            K,
            blank,
            end,
          );
        }, 1); // posteriors less posteriors
      }
    }),
    few,
  );
});

Deno.test("a logit that is not finite makes its row's blank NaN, one far off does not, on both twins", () => {
  const K = 19, targets = Int32Array.of(1, -1);
  const steps = ({ transducerSteps }: typeof plain, logits: Float64Array) => {
    const N = logits.length / K, blanks = new Float64Array(N), labels = new Float64Array(N);
    const probs = new Float64Array(logits.length);
    transducerSteps(probs, blanks, labels, logits, targets, 0, K, 0);
    return { blanks: [...blanks], probs };
  };
  for (const bad of [NaN, Infinity, -Infinity]) {
    for (let k = 0; k < K; k++) {
      const logits = new Float64Array(3 * K);
      logits[K + k] = bad;
      for (const twin of [plain, simd]) {
        assertEquals(steps(twin, logits).blanks.map(isNaN), [false, true, false], `${bad} at ${k}`);
      }
    }
  }
  for (const apart of [700, 709, 1e4, 1e308]) {
    const logits = Float64Array.from({ length: 2 * K }, (_, i) => i % 3 === 0 ? apart : -apart / 9);
    const expected = steps(plain, logits), actual = steps(simd, logits);
    expected.blanks.forEach((value, n) => assertAlmostEquals(actual.blanks[n], value, 1e-12));
    expected.probs.forEach((value, i) => assertAlmostEquals(actual.probs[i], value, 1e-12));
  }
});

Deno.test("a lattice whose nodes cannot be reached agrees, -Infinity and all", () => {
  for (const [T, C] of [[1, 1], [1, 5], [5, 1], [4, 3], [9, 6]]) {
    const rng = new RandomState(T), N = T * C;
    const blanks = gaussians(rng, N).map((x) => x < -0.5 ? -Infinity : -x * x);
    const labels = gaussians(rng, N).map((x) => x < -0.5 ? -Infinity : -x * x);
    const [alpha, beta] = [new Float64Array(N), new Float64Array(N)];
    for (const end of [0, -Infinity]) {
      compare({ alpha, beta, blanks, labels }, ({ latticeScores }, v) => {
        latticeScores(v.alpha, v.beta, v.blanks, v.labels, C, end);
      });
    }
  }
});

Deno.test("tanhOfSums agrees for every pair of rows", () => {
  const size = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(seed, size, size, width, (seed, T, C, J) => {
      const rng = new RandomState(seed), h = new Float64Array(T * C * J);
      const a = gaussians(rng, T * J), b = gaussians(rng, C * J);
      compare({ h, a, b }, ({ tanhOfSums }, v) => tanhOfSums(v.h, v.a, v.b, J));
    }),
    few,
  );
});
