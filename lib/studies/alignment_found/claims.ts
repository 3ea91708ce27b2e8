import { atLeast, between, type ClaimSpec, decimals, equal } from "../../claims/mod.ts";
import { blankShare } from "../blank_rate/published.ts";
import type { Results } from "./results.ts";

const percent = decimals(0);
/** Nearly all, as a picture of one sequence says of all. */
const NEARLY_ALL = 99;
/** Most by far. */
const MOST = 80;

/** What the write-up says of the alignment that training finds. */
export function claims({ measures }: Pick<Results, "measures">): ClaimSpec[] {
  const { per, inside, found, blank } = measures;
  const nearlyAll = (what: string, values: readonly number[], expected: string) =>
    atLeast(what, NEARLY_ALL, values, { weaker: MOST, format: percent, expected });
  return [{
    kind: "reproduction",
    title: "Each phone gets a spike of its true label, and training never saw where it is",
    source: "the write-up timit-blstm-ctc, Visualizations",
    states: "same direction",
    rows: [
      equal("PER on held-out sequences, seeds 0–4", Array(5).fill(0), per, { format: decimals(3) }),
      nearlyAll("phones with a frame of their label, %, five seeds", found, "each phone"),
      nearlyAll(
        "labelled frames inside a phone of that label, %, five seeds",
        inside,
        "each spike",
      ),
    ],
  }, {
    kind: "reproduction",
    title: "A trained CTC model answers blank on 80 to 95 % of the frames",
    source: "the write-up timit-blstm-ctc, Open questions",
    states: "not reproduced",
    rows: [between("blank, % of frames, five BLSTM", blankShare, blank, { format: percent })],
  }];
}
