import { assertThrows } from "@std/assert";
import { ctcBatchLoss, framewiseBatchLoss } from "lib/criteria/mod.ts";
import {
  blstm,
  conformer,
  conv1d,
  conv2d,
  frameWindow,
  halveTime,
  inputNoise,
  type Layer,
  layerNorm,
  linear,
  lstm,
  peepholeLstm,
  pyramid,
  residual,
  rnn,
  selfAttention,
  specAugment,
  stack,
  swish,
  tanh,
  targetDelay,
  windowMlp,
} from "lib/models/mod.ts";
import { matrix, RandomState, requireSequences, type Sequences } from "lib/numeric/mod.ts";

// deno-lint-ignore no-explicit-any -- a layer's cache is its own business
const layers: Record<string, Layer<any>> = {
  "linear": linear(2, 2),
  "lstm": lstm(2, 2),
  "peepholeLstm": peepholeLstm(2, 2),
  "inputNoise": inputNoise(2, 0.1),
  "blstm": blstm(2, 2),
  "rnn": rnn(2, 2),
  "tanh": tanh(2),
  "frameWindow": frameWindow(2, 1),
  "windowMlp": windowMlp(2, 2, 1),
  "halveTime": halveTime(2),
  "pyramid": pyramid(lstm(2, 2), lstm(4, 2)),
  "targetDelay": targetDelay(lstm(2, 2), 1),
  "conv1d": conv1d(2, 2, { kernel: 2 }),
  "conv1d, depthwise": conv1d(2, 2, { kernel: 3, stride: 2, padding: 1, groups: 2 }),
  "conv2d": conv2d(2, 1, 3, { kernel: 2, stride: [2, 1] }),
  "layerNorm": layerNorm(2),
  "swish": swish(2),
  "residual": residual(lstm(2, 2)),
  "selfAttention": selfAttention(2, 1),
  "conformer": conformer(2, 2, { kernel: 3 }),
  "specAugment": specAugment(2),
  "stack": stack(lstm(2, 3), linear(3, 2)),
};

const frames = () => matrix(5, 2, Array.from({ length: 10 }, (_, i) => i / 10));
const bad: [string, Sequences, string][] = [
  ["offsets that fall", { frames: frames(), offsets: Int32Array.of(0, 4, 3, 5) }, "must increase"],
  ["a sequence without frames", { frames: frames(), offsets: Int32Array.of(0, 2, 2, 5) }, "2 to 2"],
  ["offsets beyond the frames", { frames: frames(), offsets: Int32Array.of(0, 99) }, "0 to 99"],
  ["offsets that end early", { frames: frames(), offsets: Int32Array.of(0, 4) }, "0 to 4"],
  ["offsets that start late", { frames: frames(), offsets: Int32Array.of(1, 5) }, "1 to 5"],
  ["negative offsets", { frames: frames(), offsets: Int32Array.of(0, -3, 5) }, "0 to -3"],
  ["no offset", { frames: frames(), offsets: Int32Array.of() }, "from 0 to its 5 frames"],
  ["a single offset", { frames: frames(), offsets: Int32Array.of(0) }, "from 0 to its 5 frames"],
  ["too few values", {
    frames: { data: new Float64Array(9), rows: 5, cols: 2 },
    offsets: Int32Array.of(0, 5),
  }, "must be 10 values: there are 9"],
];

for (const [name, layer] of Object.entries(layers)) {
  Deno.test(`${name} refuses batches that are not laid end to end, forwards and backwards`, () => {
    const params = layer.init(new RandomState(0));
    for (const [what, x, message] of bad) {
      assertThrows(() => layer.forward(params, x), RangeError, message, what);
    }
    const { y, cache } = layer.forward(params, { frames: frames(), offsets: Int32Array.of(0, 5) });
    const { rows, cols } = y.frames;
    for (
      const [n, offsets] of [[rows, [0, 99]], [rows, [0, 2, 1, rows]], [rows + 1, [0, rows + 1]]]
    ) {
      const dy = {
        frames: matrix(n as number, cols),
        offsets: Int32Array.from(offsets as number[]),
      };
      assertThrows(() => layer.backward(params, cache, dy), RangeError, "Cannot run");
    }
  });
}

Deno.test("losses of a batch refuse logits that are not laid end to end", () => {
  for (const [what, logits, message] of bad) {
    const targets = Array.from(
      { length: Math.max(0, logits.offsets.length - 1) },
      () => [1],
    );
    assertThrows(() => framewiseBatchLoss(logits, [0, 0, 0, 1, 1]), RangeError, message, what);
    if (logits.offsets.length === 0) continue; // "-1 sequences" has no targets
    assertThrows(() => ctcBatchLoss(logits, targets), RangeError, message, what);
  }
});

Deno.test("requireSequences() takes what is laid end to end, and nothing else", () => {
  requireSequences("try", { frames: frames(), offsets: Int32Array.of(0, 1, 5) });
  requireSequences("try", { frames: matrix(0, 2), offsets: Int32Array.of(0, 0) });
  const offsets = [0, 5] as unknown as Int32Array<ArrayBuffer>;
  assertThrows(
    () => requireSequences("try", { frames: frames(), offsets }),
    TypeError,
    "Cannot try as the offsets of a batch must be an Int32Array",
  );
});
