import { above, atMost, below, type ClaimSpec, decimals } from "../../claims/mod.ts";
import { type Case, type Method, methods } from "./experiment.ts";
import { spread } from "./gradient.ts";
import type { Results } from "./results.ts";

/** Below this, sums of some hundred terms in double precision are zero. */
const ZERO = 1e-9;
const SOURCE = "the alignment paper, section 3, last paragraph";
const percent = decimals(1);
/** Rounding differs from machine to machine: it is not printed. */
const exact = decimals(9);
const all = Object.keys(methods) as Method[];

/** The paper's claims about a perfect start, and what we find to decide instead. */
export function claims({ starts, gradient, courses }: Results): ClaimSpec[] {
  const [, ...identities] = starts; // the first has c = 0
  const last = (name: Case, of: readonly Method[], figure: "per" | "spread") =>
    of.flatMap((method) => courses[name][method].map((course) => course.at(-1)![figure]));
  const { gradients, balanced, whereItStops } = gradient;
  const uneven = (method: Method) => spread(gradients[method]);
  const after = "LER [%] after 200 steps";
  return [{
    kind: "reproduction",
    title: "A scaled identity aligns perfectly, and is as sure as one wants",
    source: "the alignment paper, sections 3 and 6.1, appendix A.5",
    states: "reproduced",
    rows: [
      atMost("LER [%], c = 1, 2, 5 and 10", 0, identities.map(({ per }) => per), {
        format: percent,
      }),
      atMost("TSE [frames], c = 1, 2, 5 and 10", 0, identities.map(({ tse }) => tse), {
        format: decimals(2),
      }),
      below("fw. CE [nats], c = 10", 0.001, identities.at(-1)!.frameCe, { format: decimals(4) }),
    ],
  }, {
    kind: "reproduction",
    title: "At W = 1, CTC's gradient for b is not uniform, and the normalised one is",
    source: SOURCE,
    states: "not reproduced",
    rows: [
      above("largest minus smallest ∇b, plain: not uniform", ZERO, uneven("plain")),
      atMost("largest minus smallest ∇b, normalised: uniform", ZERO, uneven("normalised")),
      atMost("largest minus smallest ∇b, without clamps: uniform", ZERO, uneven("without clamps")),
    ],
  }, {
    kind: "check",
    title: "A uniform gradient for b is zero; what is uniform is the half with the targets",
    source: "ours, see the derivation",
    states: "holds",
    rows: [
      atMost("|Σ ∇b| over the labels, plain", ZERO, Math.abs(sum(gradients.plain)), {
        format: exact,
      }),
      atMost("largest minus smallest Σ v f", ZERO, spread(balanced), { format: exact }),
      atMost("largest minus smallest ∇b where the plain one is zero", ZERO, [
        whereItStops.plain,
        whereItStops["without clamps"],
      ], { format: exact }),
    ],
  }, {
    kind: "reproduction",
    title: "From W = 1, CTC leaves the perfect alignment, and with normalised gradients it stays",
    source: SOURCE,
    states: "not reproduced",
    rows: [
      above(`${after}, plain: leaves`, 0, last("CTC, c = 1", ["plain"], "per"), {
        format: percent,
      }),
      atMost(`${after}, normalised: stays`, 0, last("CTC, c = 1", ["normalised"], "per"), {
        format: percent,
      }),
      atMost(`${after}, without clamps: stays`, 0, last("CTC, c = 1", ["without clamps"], "per"), {
        format: percent,
      }),
    ],
  }, {
    kind: "check",
    title: "What decides is the scale of W and the topology, not the method",
    source: "ours, ten seeds and three methods each",
    states: "holds",
    rows: [
      above(`${after}, CTC, c = 1`, 0, last("CTC, c = 1", all, "per"), { format: percent }),
      atMost(`${after}, CTC, c = 2`, 0, last("CTC, c = 2", all, "per"), { format: percent }),
      atMost(`${after}, HMM, c = 1`, 0, last("HMM, c = 1", all, "per"), { format: percent }),
      above(
        "largest minus smallest b after 200 steps, all cases: b leaves 0",
        1,
        (Object.keys(courses) as Case[]).flatMap((name) => last(name, all, "spread")),
        { format: decimals(2) },
      ),
    ],
  }];
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
