import { above, atMost, type ClaimSpec, decimals, equal } from "../../claims/mod.ts";
import type { Results, TopologyName } from "./results.ts";

const names: readonly TopologyName[] = ["HMM", "CTC", "gradient scores"];
/** Rounding of a sum of some thousand products. */
const ROUNDING = 1e-12;

/** What the paper says of the full sum and its topologies, and what we hold ourselves to. */
export function claims(
  { equal: same, sums, counts, listed, twice, letters, epsilon }: Results,
): ClaimSpec[] {
  return [{
    kind: "reproduction",
    title: "CTC is the HMM criterion at scales (1, 0, 0) over the topology with blank anywhere",
    source: "the alignment paper, section 2, eqs. 5 and 6",
    states: "reproduced",
    rows: [
      equal("losses equal to the bit, of 100", 100, same.losses),
      equal("gradients equal to the bit, of 100", 100, same.gradients),
    ],
  }, {
    kind: "reproduction",
    title: "Only CTC enforces an ε between two equal labels",
    source: "the alignment paper, Figs. 3 and 4, section 5",
    states: "reproduced",
    rows: [
      equal(
        "alignments of oo in two frames (HMM, CTC, gradient scores)",
        [1, 0, 1],
        names.map((name) => twice[name]),
      ),
    ],
  }, {
    kind: "check",
    title: "The full sum sums all paths, and where ε may stand is all that is left",
    source: "enumeration of all paths; the share of ε follows from eq. 9 of the alignment paper",
    states: "holds",
    rows: [
      atMost(
        "full sum, relative distance from path by path",
        ROUNDING,
        names.map((name) => Math.abs(1 - sums[name].byRecursion / sums[name].byPath)),
      ),
      equal(
        "paths of foo bar in 10 frames (HMM, CTC, gradient scores)",
        names.map((name) => listed[name]),
        names.map((name) => counts.find(({ frames }) => frames === 10)?.[name] ?? NaN),
        { expected: `${names.map((name) => listed[name]).join(", ")} listed` },
      ),
      equal(
        "states and arcs of the HMM of one-letter words, against CTC",
        "the same",
        letters.HMM.automaton === letters.CTC.automaton ? "the same" : "others",
      ),
      atMost(
        "full sum of the two, distance in nats",
        ROUNDING,
        Math.abs(letters.HMM.sum - letters.CTC.sum),
      ),
      above(
        "share of ε at a flat model, 8 to 64 frames, CTC less HMM",
        0,
        epsilon.map(({ CTC, HMM }) => 100 * (CTC - HMM)),
        { format: decimals(1, " points") },
      ),
    ],
  }];
}
