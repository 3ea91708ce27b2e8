// What holds the models, the losses and the training against PyTorch, NumPy and differences, once
// more on the plain twin; every other test file runs on the SIMD twin.
import { assertEquals } from "@std/assert";
import { kernelsInUse, useKernels } from "lib/numeric/kernels/mod.ts";
import "../../criteria/ctc_loss_test.ts";
import "../../criteria/full_sum_test.ts";
import "../../gradcheck_test.ts";
import "../../models/linear_test.ts";
import "../../models/lstm_test.ts";
import "../../models/pytorch_test.ts";
import "../../training/adam_test.ts";
import "../../training/parity_blstm_test.ts";
import "../../training/parity_lstm_test.ts";

useKernels("plain");

Deno.test("all of this ran on the plain twin", () => {
  assertEquals(kernelsInUse(), "plain");
});
