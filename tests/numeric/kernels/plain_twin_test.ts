// What holds the models, the losses and the training against PyTorch, NumPy and differences, once
// more on the plain twin; every other test file runs on the SIMD twin.
import { assertEquals } from "@std/assert";
import { kernelsInUse, useKernels } from "lib/numeric/kernels/mod.ts";
import "../../criteria/ctc_loss_test.ts";
import "../../criteria/full_sum_test.ts";
import "../../gradcheck_test.ts";
import "../../models/attention_test.ts";
import "../../models/conformer_test.ts";
import "../../models/convolution_test.ts";
import "../../models/linear_test.ts";
import "../../models/lstm_test.ts";
import "../../models/pytorch_beyond_test.ts";
import "../../models/pytorch_test.ts";
import "../../training/adam_test.ts";
import { assertTrainsAsTheWriteUp } from "../../support/parity.ts";

useKernels("plain");

// 600 steps take the plain twin several seconds; a rounding that is wrong shows within a few.
for (const kind of ["blstm", "lstm"] as const) {
  Deno.test(`${kind} at seed 0: 30 losses within 1e-9 of the write-up's, the first PER exactly`, () => {
    assertTrainsAsTheWriteUp(kind, 30);
  });
}

Deno.test("all of this ran on the plain twin", () => {
  assertEquals(kernelsInUse(), "plain");
});
