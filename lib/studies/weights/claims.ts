import { above, type ClaimSpec, decimals, ordered } from "../../claims/mod.ts";
import { CELLS, type Results } from "./results.ts";

/** A network with a PER up to here has solved the task, in this book as in the write-up. */
const SOLVED = 0.05;

/** What the write-up reads off its picture of the weights. */
export function claims({ measures }: Pick<Results, "measures">): ClaimSpec[] {
  const source = "the write-up timit-blstm-ctc, viz/weight_matrices.png";
  const { positive, across, within, withoutForward, withoutBackward } = measures;
  const alone = (what: string, pers: readonly number[]) =>
    above(`PER without the ${what} half, five seeds`, SOLVED, pers, {
      format: decimals(3),
      expected: "each half is needed",
    });
  return [{
    kind: "reproduction",
    title: "Forget gates lean towards remembering, and the two directions are visibly different",
    source,
    states: "reproduced",
    rows: [
      above(`forget biases above 0, of ${2 * CELLS}, five seeds`, CELLS, positive, {
        expected: "the block leans positive",
      }),
      ordered(
        "mean cosine of a forward cell with the most similar one",
        { name: "backward", values: across },
        { name: "other forward", values: within },
        { format: decimals(2), expected: "visibly different" },
      ),
    ],
  }, {
    kind: "reproduction",
    title: "The two halves specialise: neither alone solves the task",
    source: `${source}; that it shows in the PER is our reading`,
    states: "not reproduced",
    rows: [alone("forward", withoutForward), alone("backward", withoutBackward)],
  }];
}
