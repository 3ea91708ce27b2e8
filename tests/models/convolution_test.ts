import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { conv1d, conv2d } from "lib/models/mod.ts";
import { matrix, RandomState, sequenceAt, sequences } from "lib/numeric/mod.ts";
import { randomParams } from "../support/layers.ts";
import { assertClose, randomSequences } from "../support/matrices.ts";

const size = (max: number, min = 1) => fc.integer({ min, max });

Deno.test("conv1d() is the sum of its definition, for any stride, padding and groups", () => {
  const shape = fc.record({
    groups: size(3),
    perGroup: fc.tuple(size(3), size(3)),
    kernel: size(5),
    stride: size(3),
    padding: size(4, 0),
    lengths: fc.array(size(9), { minLength: 1, maxLength: 3 }),
  });
  fc.assert(
    fc.property(shape, ({ groups, perGroup: [I, O], kernel, stride, padding, lengths }) => {
      fc.pre(lengths.every((T) => T + 2 * padding >= kernel));
      const layer = conv1d(groups * I, groups * O, { kernel, stride, padding, groups });
      const params = randomParams(layer, 1), { W, b } = params;
      const x = randomSequences(new RandomState(2), lengths, groups * I);
      const { y } = layer.forward(params, x);
      lengths.forEach((T, n) => {
        const M = Math.floor((T + 2 * padding - kernel) / stride) + 1, expected: number[] = [];
        const frames = sequenceAt(x, n);
        for (let t = 0; t < M; t++) {
          for (let o = 0; o < groups * O; o++) {
            let sum = b.data[o];
            for (let k = 0; k < kernel; k++) {
              const s = t * stride + k - padding;
              if (s < 0 || s >= T) continue;
              for (let i = 0; i < I; i++) {
                const input = frames.data[s * groups * I + Math.floor(o / O) * I + i];
                sum += input * W.data[(k * I + i) * groups * O + o];
              }
            }
            expected.push(sum);
          }
        }
        assertEquals(layer.frames(T), M);
        assertClose(sequenceAt(y, n).data, expected, 1e-12);
      });
    }),
    { numRuns: 150 },
  );
});

Deno.test("conv2d() over one frequency is conv1d(), with the same weights", () => {
  const options = { kernel: 3, stride: 2, padding: 1 };
  const one = conv1d(4, 5, options);
  const two = conv2d(1, 4, 5, { kernel: [3, 1], stride: [2, 1], padding: [1, 0] });
  const params = randomParams(one, 1), x = randomSequences(new RandomState(2), [6, 1, 9], 4);
  assertEquals(two.forward(params, x).y, one.forward(params, x).y);
});

Deno.test("conv2d() shifted by its stride in frequency gives the outputs shifted by one", () => {
  const layer = conv2d(9, 1, 2, { kernel: [1, 3], stride: [1, 2] }),
    params = randomParams(layer, 1);
  const tone = (f: number) => {
    const frame = matrix(1, 9);
    frame.data[f] = 1;
    return layer.forward(params, sequences([frame])).y.frames.data;
  };
  assertEquals([...tone(4).slice(2)], [...tone(2).slice(0, -2)]);
});

Deno.test("a sequence without a window is named; one that is as long as its window gives a frame", () => {
  const layers = [
    conv1d(2, 3, { kernel: 5, padding: 1 }),
    conv1d(2, 2, { kernel: 5, padding: 1, groups: 2 }),
    conv2d(2, 1, 1, { kernel: [5, 1], padding: [1, 0] }),
  ];
  for (const layer of layers) {
    const params = randomParams(layer, 1);
    assertEquals([0, 1, 2, 3, 4].map((T) => layer.frames(T)), [0, 0, 0, 1, 2]);
    assertEquals(
      layer.forward(params, randomSequences(new RandomState(1), [3], 2)).y.frames.rows,
      1,
    );
    assertThrows(
      () => layer.forward(params, randomSequences(new RandomState(1), [4, 2], 2)),
      RangeError,
      "every sequence must have at least 3 frames, for one window: sequence 1 has 2",
    );
    const none = { frames: matrix(0, 2), offsets: Int32Array.of(0, 0) };
    const { y, cache } = layer.forward(params, none);
    assertEquals([y.frames.rows, ...y.offsets], [0, 0, 0]);
    assert(layer.backward(params, cache, y).grads.b.data.every((g) => g === 0));
  }
});

Deno.test("convolutions name the size that is out of range", () => {
  const made = (options: object) => () => conv1d(4, 6, { kernel: 3, ...options });
  assertThrows(() => conv1d(0, 6, { kernel: 3 }), RangeError, "inputs must be a whole number >= 1");
  assertThrows(() => conv1d(4, 1.5, { kernel: 3 }), RangeError, "outputs must be a whole number");
  assertThrows(made({ kernel: 0 }), RangeError, "Cannot make conv1d(4, 6) as kernel must be");
  assertThrows(made({ stride: 0 }), RangeError, "stride must be a whole number >= 1");
  assertThrows(made({ padding: -1 }), RangeError, "padding must be a whole number >= 0");
  assertThrows(made({ groups: 0 }), RangeError, "groups must be a whole number >= 1");
  assertThrows(made({ groups: 4 }), RangeError, "groups must divide inputs and outputs: current");
  assertThrows(made({ groups: 3 }), RangeError, "groups must divide inputs and outputs: current");
  assertThrows(() => conv2d(0, 1, 1, { kernel: 3 }), RangeError, "frequencies must be a whole");
  assertThrows(() => conv2d(3, 1, 1, { kernel: [3, 0] }), RangeError, "kernel must be a whole");
  assertThrows(
    () => conv2d(2, 1, 1, { kernel: 3 }),
    RangeError,
    "Cannot make conv2d(2, 1, 1) as a window must fit into its frequencies: the window has 3",
  );
});

Deno.test("convolutions name the weight that is missing or misshaped", () => {
  const layer = conv1d(2, 3, { kernel: 2 }), x = randomSequences(new RandomState(1), [4], 2);
  const { W, b } = randomParams(layer, 1);
  assertThrows(() => layer.forward({ b }, x), RangeError, 'the weight "W" of shape [4, 3]');
  assertThrows(() => layer.forward({ W, b: matrix(1, 2) }, x), RangeError, 'The weight "b" must');
});

Deno.test("convolutions refuse zeros beyond what offsets can count, and take any stride", () => {
  const x = randomSequences(new RandomState(1), [4, 5], 2);
  for (const padding of [1e9, 1e15, 1e300]) {
    const layer = conv1d(2, 1, { kernel: 2, padding });
    const forward = () => layer.forward(randomParams(layer, 1), x);
    assertThrows(forward, RangeError, "Cannot run conv1d(2, 1) as its output must have at most");
  }
  const one = conv1d(2, 1, { kernel: 2, stride: 1e15 });
  assertEquals([...one.forward(randomParams(one, 1), x).y.offsets], [0, 1, 2]);
});

Deno.test("convolutions draw their weights at one over the root of what a value is made of, and start biases at 0", () => {
  const layers = [
    [conv1d(6, 4, { kernel: 3 }), 3 * 6, 4],
    [conv1d(6, 4, { kernel: 3, groups: 2 }), 3 * 3, 4],
    [conv2d(5, 2, 3, { kernel: 3 }), 3 * 3 * 2, 3],
  ] as const;
  for (const [layer, rows, channels] of layers) {
    const { W, b } = layer.init(new RandomState(2)), rng = new RandomState(2);
    assertEquals([W.rows, W.cols, b.data.length], [rows, channels, channels]);
    const drawn = Array.from({ length: rows * channels }, () => rng.randn());
    assertClose(W.data, drawn.map((value) => value / Math.sqrt(rows)), 1e-15);
    assertEquals([...b.data], Array(channels).fill(0));
  }
});
