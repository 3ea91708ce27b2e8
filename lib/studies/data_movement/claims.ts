import { above, atMost, type ClaimSpec, decimals, equal } from "../../claims/mod.ts";
import { type CtcCosts, gainOf, variants } from "./ctc_costs.ts";
import { type Results, shareOf, type Step } from "./results.ts";

const SOURCE = "the write-up timit-blstm-ctc, Open questions";
const others = variants.filter((variant) => variant !== "tables");
const times = decimals(2, "×");

/** What the write-up states and asks of the movement of data, and whether the measure is right. */
export function claims({ prices, steps, costs, gradientsOff }: Results): ClaimSpec[] {
  const [one, sixteen] = steps;
  const products = (step: Step, on: string) =>
    above(
      `forward and backward, products but for the cells: share of a step on ${on}`,
      50,
      100 * shareOf(step, "forward", "backward"),
      { format: decimals(1, " %"), expected: "dominant" },
    );
  const second = (step: Step, on: string) =>
    above(
      `CTC / the update, what comes next in a step on ${on}`,
      1,
      shareOf(step, "CTC") / shareOf(step, "update"),
      { format: times, expected: "CTC is second" },
    );
  const moves = (of: CtcCosts) =>
    above(
      `movement, tables / each of four variants, T = ${of.T}`,
      1,
      others.map((variant) => gainOf(of, variant)),
      { format: times, expected: "less movement" },
    );
  const nearer = ({ T, by }: CtcCosts) => {
    const perRead = ({ cost, reads }: CtcCosts["by"]["tables"]) => cost / reads;
    return above(
      `movement per read, tables / each of four variants, T = ${T}`,
      1,
      others.map((variant) => perRead(by.tables) / perRead(by[variant])),
      { format: times, expected: "a better ratio" },
    );
  };
  return [{
    kind: "check",
    title: "The measure prices small programs as its description does",
    source: "ByteDMD, prices of small programs",
    states: "holds",
    rows: [
      equal(
        "prices of six small programs",
        prices.map(({ expected }) => expected),
        prices.map(({ price }) => price),
      ),
    ],
  }, {
    kind: "reproduction",
    title: "The products with the weights dominate the movement of data; CTC is a second tier",
    source: SOURCE,
    states: "not reproduced",
    rows: [
      products(sixteen, "16 sequences"),
      products(one, "1 sequence"),
      second(sixteen, "16 sequences"),
      second(one, "1 sequence"),
    ],
  }, {
    kind: "check",
    title: "All variants of CTC give the same gradient",
    source: "the library's CTC",
    states: "holds",
    rows: [
      atMost(
        "largest difference of an entry of the gradient, each of five variants",
        1e-9,
        Object.values(gradientsOff),
        { expected: "equal" },
      ),
    ],
  }, {
    kind: "question",
    title: "Is there a CTC variant with a better commute-to-compute ratio?",
    source: SOURCE,
    states: "yes",
    rows: [...costs.map(moves), ...costs.map(nearer)],
  }];
}
