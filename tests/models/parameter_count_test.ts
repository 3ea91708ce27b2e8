import { assertEquals } from "@std/assert";
import { frameWindow, parameterCount } from "lib/models/mod.ts";
import { type AnyModelOptions, buildModel } from "lib/training/mod.ts";

// By hand, D = 8, K = 7: an LSTM layer has 4H(D + H + 1) weights, an RNN layer H(D + H + 1).
const counts: [AnyModelOptions, number][] = [
  [{ kind: "lstm", hidden: 3 }, 4 * 3 * 12 + 4 * 7],
  [{ kind: "lstm", hidden: 3, delay: 4 }, 4 * 3 * 12 + 4 * 7],
  [{ kind: "blstm", hidden: 3 }, 2 * 4 * 3 * 12 + 7 * 7],
  [{ kind: "blstm", hidden: 3, layers: 2 }, 2 * 4 * 3 * (12 + 10) + 7 * 7],
  [{ kind: "blstm", hidden: 3, layers: 2, pyramid: true }, 2 * 4 * 3 * (12 + 16) + 7 * 7],
  [{ kind: "rnn", hidden: 5 }, 5 * 14 + 6 * 7],
  [{ kind: "brnn", hidden: 5 }, 2 * 5 * 14 + 11 * 7],
  [{ kind: "mlp", hidden: 5, radius: 3 }, 5 * (7 * 8 + 1) + 6 * 7],
  [{ kind: "ffnn" }, 9 * 7],
];

for (const [options, expected] of counts) {
  Deno.test(`parameterCount() of ${JSON.stringify(options)} is that of its formula`, () => {
    assertEquals(parameterCount(buildModel(options, 8, 7)), expected);
  });
}

Deno.test("parameterCount() of a layer without weights is 0", () => {
  assertEquals(parameterCount(frameWindow(8, 3)), 0);
});
