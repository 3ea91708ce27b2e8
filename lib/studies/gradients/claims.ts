import { above, atMost, type ClaimSpec, equal } from "../../claims/mod.ts";
import { sampledErrors } from "./published.ts";
import { largest, type Results } from "./results.ts";

/** The most that an entry may be off, of every weight and every input value. */
const LIMIT = 2e-7;
const kinds = ["blstm", "lstm"] as const;

/** What the sources say of gradients, and what we hold ours to. */
export function claims({ closedForm, reports, spoilt, fits }: Results): ClaimSpec[] {
  const { analytic, numeric } = closedForm;
  const tooShort = fits.filter(({ frames, needed }) => frames < needed);
  return [{
    kind: "reproduction",
    title: "The gradient of CTC with respect to the scores is softmax − v",
    source: "Graves et al. 2006, eq. 16; the alignment paper, eq. 8",
    states: "reproduced",
    rows: [
      atMost(
        "softmax − v, farthest from five-point differences of the loss",
        1e-10,
        largest(analytic.map((gradient, i) => gradient - numeric[i])),
        { expected: "equal" },
      ),
    ],
  }, {
    kind: "reproduction",
    title: "A sample of the weights finds gradients within the precision of finite differences",
    source: "the write-up timit-blstm-ctc, Numerical gradient check",
    states: "same direction",
    rows: kinds.flatMap((kind) => {
      const theirs = sampledErrors[kind], ours = reports[kind].sampled;
      return [
        equal(`${kind.toUpperCase()}, sampled weights`, theirs.checked, ours.checked),
        atMost(
          `${kind.toUpperCase()}, largest relative error of the sample`,
          theirs.maxRelativeError,
          ours.maxRelativeError,
          { weaker: 10 * theirs.maxRelativeError },
        ),
      ];
    }),
  }, {
    kind: "check",
    title: "Every gradient of the tiny networks is right, and a wrong one would be noticed",
    source: "five-point differences of the loss, weights and inputs",
    states: "holds",
    rows: [
      ...kinds.map((kind) => {
        const { checked, maxRelativeError } = reports[kind].complete;
        return atMost(
          `${kind.toUpperCase()}, largest relative error of ${checked} entries`,
          LIMIT,
          maxRelativeError,
        );
      }),
      above("largest relative error, one tensor spoilt by 1e-4", LIMIT, spoilt),
      equal(
        "loss of aa in one frame, and in two",
        [Infinity, Infinity],
        tooShort.map((row) => row.loss),
      ),
      equal("largest |gradient| of the same", [0, 0], tooShort.map((row) => row.pull)),
    ],
  }];
}
