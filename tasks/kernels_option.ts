/**
 * `--kernels`, the twin that a task trains with.
 *
 * @module
 */
import { type Twin, useKernels } from "lib/numeric/kernels/mod.ts";
import { choice, UsageError } from "./args.ts";
import { reasonOf } from "./run_task.ts";

/** Declares `--kernels`. */
export const kernelsOption = choice(["simd", "plain"], {
  help: "kernels to run; defaults to simd where the machine has it",
});

/**
 * Uses the kernels that were asked for.
 *
 * @throws {UsageError} If they are not available here.
 */
export function useKernelsOption(twin: Twin | undefined): void {
  if (twin === undefined) return;
  try {
    useKernels(twin);
  } catch (error) {
    throw new UsageError(`--kernels cannot be "${twin}": ${reasonOf(error)}`);
  }
}
