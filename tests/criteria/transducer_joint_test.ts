import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type JointInput, transducerJointLoss, transducerLoss } from "lib/criteria/mod.ts";
import { matmul } from "lib/numeric/kernels/mod.ts";
import { arena } from "lib/numeric/kernels/mod.ts";
import { type Matrix, matrix, RandomState } from "lib/numeric/mod.ts";
import {
  assertClose,
  assertMatrixClose,
  centralDifferences,
  randomMatrix,
} from "../support/matrices.ts";

const anyJoint = fc.record({
  seed: fc.nat(2 ** 32 - 1),
  T: fc.integer({ min: 1, max: 9 }),
  U: fc.integer({ min: 0, max: 5 }),
  J: fc.integer({ min: 1, max: 6 }),
  K: fc.integer({ min: 2, max: 5 }),
  stripe: fc.integer({ min: 1, max: 10 }),
}).map(({ seed, T, U, J, K, stripe }) => {
  const rng = new RandomState(seed), blank = rng.randint(0, K);
  const targets = Array.from({ length: U }, () => (blank + rng.randint(1, K)) % K);
  return { input: randomJoint(rng, T, U, J, K), targets, blank, stripe };
});

function randomJoint(rng: RandomState, T: number, U: number, J: number, K: number): JointInput {
  const output = { W: randomMatrix(rng, J, K), b: randomMatrix(rng, 1, K) };
  return {
    encoded: randomMatrix(rng, T, J),
    predicted: randomMatrix(rng, U + 1, J),
    output,
  };
}

/** All logits at once: tanh(encoded[t] + predicted[u]) W + b. */
function logitsOf({ encoded, predicted, output: { W, b } }: JointInput) {
  const { rows: J, cols: K } = W, N = encoded.rows * predicted.rows;
  const hidden = matrix(N, J), logits = matrix(N, K);
  for (let n = 0; n < N; n++) {
    const t = Math.floor(n / predicted.rows), u = n % predicted.rows;
    for (let j = 0; j < J; j++) {
      hidden.data[n * J + j] = Math.tanh(encoded.data[t * J + j] + predicted.data[u * J + j]);
    }
    logits.data.set(b.data, n * K);
  }
  matmul(logits.data, hidden.data, W.data, N, J, K);
  return { hidden, logits };
}

Deno.test("transducerJointLoss() by stripes of any size equals transducerLoss() over all logits", () => {
  fc.assert(fc.property(anyJoint, ({ input, targets, blank, stripe }) => {
    const { encoded, predicted, output: { W } } = input;
    const T = encoded.rows, C = predicted.rows, { rows: J, cols: K } = W;
    const { hidden, logits } = logitsOf(input);
    const plain = transducerLoss(logits, T, C - 1, targets, { blank });
    const { loss, grads } = transducerJointLoss(input, targets, { blank, stripe });
    assertAlmostEquals(loss, plain.loss, 1e-10);
    const expected = {
      encoded: matrix(T, J),
      predicted: matrix(C, J),
      W: matrix(J, K),
      b: matrix(1, K),
    };
    for (let n = 0; n < T * C; n++) {
      for (let k = 0; k < K; k++) {
        const d = plain.dLogits.data[n * K + k];
        expected.b.data[k] += d;
        for (let j = 0; j < J; j++) {
          const h = hidden.data[n * J + j], dz = d * W.data[j * K + k] * (1 - h * h);
          expected.W.data[j * K + k] += h * d;
          expected.encoded.data[Math.floor(n / C) * J + j] += dz;
          expected.predicted.data[n % C * J + j] += dz;
        }
      }
    }
    for (const name of ["encoded", "predicted", "W", "b"] as const) {
      assertMatrixClose(grads[name], expected[name], 1e-10, name);
    }
  }));
});

Deno.test("the gradients of transducerJointLoss() are its own by central differences", () => {
  const input = randomJoint(new RandomState(1), 5, 3, 4, 4), targets = [3, 1, 1];
  const compute = () => transducerJointLoss(input, targets, { stripe: 2 });
  const { grads } = compute();
  const { encoded, predicted, output } = input;
  for (const [name, { data }] of Object.entries({ encoded, predicted, ...output })) {
    const numeric = centralDifferences(() => compute().loss, data);
    assertClose(grads[name as keyof typeof grads].data, numeric, 1e-8, name);
  }
});

Deno.test("stripes never hold all logits: what they take of the workspace does not grow with T", () => {
  const most = (T: number) => {
    const taken: number[] = [], start = arena.mark();
    const { take } = arena;
    arena.take = function (bytes: number) {
      const at = take.call(this, bytes);
      taken.push(this.mark() - start);
      return at;
    };
    try {
      transducerJointLoss(randomJoint(new RandomState(2), T, 9, 16, 20), Array(9).fill(1), {
        stripe: 8,
      });
    } finally {
      arena.take = take;
    }
    return Math.max(...taken);
  };
  assertEquals(most(400), most(40));
});

Deno.test("a loss of Infinity has gradients of zero", () => {
  const input: JointInput = {
    encoded: matrix(2, 1, [30, 30]),
    predicted: matrix(2, 1, [0, 0]),
    output: { W: matrix(1, 2, [1.7e308, -1.7e308]), b: matrix(1, 2) },
  };
  const { loss, grads } = transducerJointLoss(input, [1]);
  assertEquals(loss, Infinity);
  for (const { data } of Object.values(grads) as Matrix[]) {
    assertEquals(data.every((d) => d === 0), true);
  }
});

Deno.test("transducerJointLoss() names what does not fit", () => {
  const input = randomJoint(new RandomState(3), 4, 2, 3, 3);
  const cases: [() => unknown, string][] = [
    [() => transducerJointLoss(input, [1]), "predicted must have shape [2, 3]: it has [3, 3]"],
    [
      () => transducerJointLoss({ ...input, encoded: matrix(4, 2) }, [1, 2]),
      "encoded must have shape [4, 3]: it has [4, 2]",
    ],
    [() => transducerJointLoss({ ...input, encoded: matrix(0, 3) }, [1, 2]), "at least one frame"],
    [() => transducerJointLoss(input, [1, 2], { stripe: 0 }), "stripe must be a whole number >= 1"],
    [() => transducerJointLoss(input, [1, 0]), "labels must differ from blank (0): label 1 is 0"],
    [
      () => transducerJointLoss({ ...input, encoded: matrix(4, 3, Array(12).fill(NaN)) }, [1, 2]),
      "The encoder's output must be finite: row 0, column 0 is NaN",
    ],
  ];
  for (const [call, message] of cases) assertThrows(call, RangeError, message);
});
