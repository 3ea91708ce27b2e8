import fixture from "../tests/fixtures/reference-blstm-seed0.json" with { type: "json" };
import type { Contender } from "./contenders.ts";
import { crossEntropyLosses } from "./padded.ts";
import type { Task } from "./workloads.ts";

/**
 * The numbers that a contender must find before its times count: losses of the first three training
 * steps, loss and size of the gradient of CTC, the decoded labels.
 *
 * The headline step's losses are the NumPy write-up's own; for other tasks they are those of our
 * plain TypeScript, and for a contender without CTC those of our layers under its cross-entropy.
 *
 * @param plain What plain TypeScript found.
 */
export function expectedCheck(
  contender: Contender,
  name: string,
  task: Task,
  plain: readonly number[] | undefined,
): readonly number[] | undefined {
  if (task.kind === "train" && contender.crossEntropy) return crossEntropyLosses(task, 3);
  if (name === "step") return fixture.nllPerIter.slice(0, 3);
  return task.kind === "layer" || task.kind === "ceiling" ? undefined : plain;
}

/**
 * Says how found numbers differ from the expected ones; `undefined` if they agree.
 *
 * The first number must agree to 1e-9 (1e-5 in single precision), the others, which went through
 * gradients and updates, to 1e-6 (1e-2): clip_grad_norm_ adds 1e-6 where we add 1e-12, and single
 * precision leaves little of a CTC gradient over 1,000 frames.
 */
export function disagreement(
  found: readonly number[],
  expected: readonly number[],
  single: boolean,
): string | undefined {
  const [first, later] = single ? [1e-5, 1e-2] : [1e-9, 1e-6];
  const n = expected.findIndex((value, n) =>
    !(Math.abs(found[n] - value) <= (n === 0 ? first : later) * Math.abs(value))
  );
  return n < 0 ? undefined : `number ${n + 1} is ${found[n]}: expected ${expected[n]}`;
}
