import {
  above,
  below,
  type ClaimSpec,
  decimals,
  near,
  ordered,
  type Row,
  withinSpread,
} from "../../claims/mod.ts";
import { mean } from "../../numeric/mod.ts";
import {
  type ComparedRow,
  compareTable,
  figuresClaim,
  formatSpread,
  lastDigit,
  worksBelow,
} from "../synthetic_tables/mod.ts";
import type { Results } from "./results.ts";

const percent = decimals(1);

/** The paper's claims about priors, judged by our runs. */
export function claims(results: Results): ClaimSpec[] {
  const { silenceAtStart: start } = results;
  const priors = compareTable("table-10", results.priors);
  const rates = compareTable("table-13", results.rates);
  const none = [priors["none-a0.5"], priors["none-a1"]];
  const bare = rates["frames10-silence0.2-b0-a1"];
  const averaged = rates["frames10-silence0.2-b0.5-a0.5"];
  const slow = rates["frames2-silence0.2-b0.5-a0.5"];
  const slowBare = rates["frames2-silence0.2-b0-a1"];
  return [
    {
      kind: "reproduction",
      title:
        "Of the priors, only the average posterior that is kept out of the gradient really works",
      source: "the alignment paper, section 7.1.1 and Table 10",
      states: "not reproduced",
      rows: [
        per("average, α = β = 0.5: works best", priors["average-b0.5-a0.5"]),
        per("average, α = β = 1: works, slightly worse", priors["average-b1-a1"]),
        unreliable("average, in the gradient: does not really work", priors["flowing-b0.5-a0.5"]),
        per("static, α = β = 0.5: bad", priors["static-b0.5-a0.5"]),
        unreliable("static, tuned to α = 0.5, β = 0.1: bad", priors["static-b0.1-a0.5"]),
        unreliable("static, tuned to α = 0.1, β = 0.03: bad", priors["static-b0.03-a0.1"]),
        above(
          "mean LER [%], no prior, α = 0.5 and α = 1: has problems",
          worksBelow,
          none.map(({ values }) => mean(values.per)),
          { format: percent, expected: none.map(theirs).join(", ") },
        ),
      ],
    },
    {
      kind: "reproduction",
      title: "At a high frame rate the prior is needed; at a low one it is not, and costs a little",
      source: "the alignment paper, section 7.1.1 and Table 13",
      states: "reproduced",
      rows: [
        per("10 frames, with the prior, 50 % silence: works", rates["frames10-silence1-b0.5-a0.5"]),
        per("10 frames, with the prior, 17 % silence: works", averaged),
        above(
          "mean LER [%], 10 frames, no prior: does not work",
          worksBelow,
          mean(bare.values.per),
          {
            format: percent,
            expected: theirs(bare),
          },
        ),
        ordered(
          "LER [%], 10 frames: the prior is important",
          { name: "with the prior", values: averaged.values.per },
          { name: "without", values: bare.values.per },
          { format: percent, expected: "0.0 ± 0.0 below 45.6 ± 29.2" },
        ),
        per("2 frames, no prior, 14 % silence: optimal", slowBare),
        per("2 frames, no prior, 19 % silence: optimal", rates["frames2-silence0.3-b0-a1"]),
        per("2 frames, with the prior: still works", slow),
        ordered(
          "fw. CE [nats], 2 frames: the prior is slightly worse",
          { name: "without", values: slowBare.values.frameCe },
          { name: "with the prior", values: slow.values.frameCe },
          { format: decimals(2), expected: "0.00 ± 0.00 below 0.09 ± 0.05" },
        ),
      ],
    },
    {
      kind: "check",
      title: "Before the first step a static prior takes silence away, and the average does not",
      source: "ours, to explain Table 10",
      states: "holds",
      rows: [
        near(
          "silence in the alignment [%], average posterior / no prior",
          start["none-a1"],
          start["average-b0.5-a0.5"],
          { tolerance: 1e-6 },
        ),
        below(
          "silence in the alignment [%], static prior, α = β = 0.5",
          start["none-a1"] / 10,
          start["static-b0.5-a0.5"],
          { format: percent, expected: "less than a tenth of that without a prior" },
        ),
        below(
          "silence in the alignment [%], static prior, α = 0.5, β = 0.1",
          start["none-a1"],
          start["static-b0.1-a0.5"],
          { format: percent, expected: "less than without a prior" },
        ),
      ],
    },
    figuresClaim(10, priors, "same direction"),
    figuresClaim(13, rates, "same direction"),
  ];
}

/** The LER of a row, against the paper's. */
function per(what: string, row: ComparedRow): Row {
  return withinSpread(`LER [%], ${what}`, row.theirs.per, row.values.per, {
    digit: lastDigit("per"),
    divide: worksBelow,
    format: percent,
  });
}

/** A training that fails at some seeds: the paper's σ are too wide for its means to say so. */
function unreliable(what: string, row: ComparedRow): Row {
  return above(
    `LER [%] at the worst of ten seeds, ${what}`,
    worksBelow,
    Math.max(...row.values.per),
    {
      format: percent,
      expected: theirs(row),
    },
  );
}

function theirs({ theirs }: ComparedRow): string {
  return `mean ${formatSpread(theirs.per, "per")}`;
}
