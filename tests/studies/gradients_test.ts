import { assertEquals, assertGreater, assertLessOrEqual } from "@std/assert";
import {
  claims,
  compareWithPyTorch,
  results,
  sampledErrors,
  secondOpinion,
  tinyGradcheck,
} from "lib/studies/gradients/mod.ts";
import pytorch from "../fixtures/pytorch-ctc.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("gradients: the numbers give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results());
});

Deno.test("gradients: PyTorch's cases give the stated verdict, and every row can fail", () => {
  const compared = compareWithPyTorch(pytorch.cases);
  assertEquals(compared.length, 11);
  assertEveryRowCanFail((rows) => [secondOpinion(rows)], compared);
});

Deno.test("the sampled errors are those that the write-up prints", () => {
  const printed = `
# [blstm] gradcheck: max relative error = 1.12e-07 over 88 samples
# [uni] gradcheck: max relative error = 2.04e-08 over 52 samples`;
  const [blstm, lstm] = [...printed.matchAll(/= (\S+) over (\d+)/g)].map(([, error, checked]) => {
    return { maxRelativeError: Number(error), checked: Number(checked) };
  });
  assertEquals<unknown>(sampledErrors, { blstm, lstm });
});

for (const kind of ["blstm", "lstm"] as const) {
  Deno.test(`${kind} through CTC meets the write-up's bar on every weight and input value`, () => {
    const { complete, sampled } = tinyGradcheck(kind);
    assertLessOrEqual(complete.maxRelativeError, 2e-7);
    assertGreater(complete.checked, kind === "blstm" ? 600 : 300);
    // The write-up's own measure has no floor, so that one tiny gradient sets it: 1.12e-7 and 2.04e-8
    // there, at other weights and other samples.
    assertLessOrEqual(sampled.maxRelativeError, 5e-7);
    assertEquals(sampled.checked, kind === "blstm" ? 88 : 52);
    assertEquals(sampled.points.some((point) => point.tensor === "x"), false);
  });
}
