/**
 * `--kernels`, the twin that a task trains with.
 *
 * @module
 */
import { type Twin, useKernels } from "lib/numeric/kernels/mod.ts";
import { choice } from "./options.ts";

/** Declares `--kernels`. */
export const kernelsOption = choice(["simd", "plain"], {
  help: "kernels to run; defaults to simd where the machine has it",
});

/** Uses the kernels that were asked for, or ends with one line and exit code 2. */
export function useKernelsOption(task: string, twin: Twin | undefined): void {
  if (twin === undefined) return;
  try {
    useKernels(twin);
  } catch (error) {
    console.error(`${task}: --kernels cannot be "${twin}": ${(error as Error).message}`);
    Deno.exit(2);
  }
}
