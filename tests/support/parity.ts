import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type ModelOptions, Training, writeUpExperiment } from "lib/experiments/mod.ts";
import { writeUp } from "./write_up.ts";

/**
 * Trains `kind` at seed 0 as the write-up does and holds every step and evaluation against it.
 * Weights disturbed by 1e-15 stay within 1e-14, so that 1e-9 is generous for rounding and tight for
 * anything else.
 *
 * @param steps How far to go; defaults to all 600 of the fixture.
 */
export function assertTrainsAsTheWriteUp(kind: ModelOptions["kind"], steps = 600): void {
  const training = new Training(writeUpExperiment(kind, 0));
  const [grid] = training.experiment.evaluations;
  const { nllPerIter, evals } = writeUp[kind];
  assertEquals(nllPerIter.length, 600);
  const compared: number[] = [];
  nllPerIter.slice(0, steps).forEach((nll, n) => {
    const { loss, infeasible } = training.step();
    assertAlmostEquals(loss, nll, 1e-9, `the loss of iteration ${n + 1} is ${loss}, not ${nll}`);
    assertEquals(infeasible, 0);
    const row = evals.find(({ iter }) => iter === n + 1);
    if (row === undefined) return;
    assertEquals(training.evaluate(grid), { per: row.per, seqAcc: row.seqAcc });
    compared.push(n + 1);
  });
  assertEquals(compared, [1, 100, 200, 300, 400, 500, 600].filter((iter) => iter <= steps));
}
