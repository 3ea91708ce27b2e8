import {
  above,
  atMost,
  below,
  type ClaimSpec,
  decimals,
  equivalent,
  ordered,
  type Row,
  withinSpread,
} from "../../claims/mod.ts";
import { mean } from "../../numeric/mod.ts";
import {
  type Compared,
  type ComparedRow,
  compareTable,
  figuresClaim,
  formatSpread,
  headingOf,
  type Metric,
  table12,
  worksBelow,
} from "../synthetic_tables/mod.ts";
import { longFigures, type Results } from "./results.ts";
import { LONG, type LongCriterion } from "./sweep.ts";

const percent = decimals(1);
const nats = decimals(2);
/** Framewise CE of a model that knows nothing of eleven labels, nats. */
const CHANCE = Math.log(11);

/** The paper's claims about scales and topologies, and our own checks, judged by our runs. */
export function claims(results: Results): ClaimSpec[] {
  const scales = compareTable("table-11", results.scales);
  const topologies = compareTable("table-12", results.topologies);
  return [
    ...scaleClaims(scales),
    ...topologyClaims(topologies),
    ...ourChecks(results),
    figuresClaim(11, scales, "not reproduced"),
    figuresClaim(12, topologies, "not reproduced"),
  ];
}

function scaleClaims(scales: Compared<"table-11">): ClaimSpec[] {
  const { "a1-b0-g0": full, "a0.5-b0-g0": neither, ...others } = scales;
  const halves = [neither, ...Object.values(others)];
  const prior = scales["a0.5-b0.2-g0"], transitions = scales["a0.5-b0-g0.5"];
  const both = scales["a0.5-b0.3-g0.2"];
  const all = (metric: Metric) => [full, ...halves].flatMap(({ values }) => values[metric]);
  return [{
    kind: "reproduction",
    title: "A full posterior scale breaks the HMM, half of it works; no row is without errors",
    source: "the alignment paper, section 7.1.1 and Tables 1 and 11",
    states: "same direction",
    rows: [
      withinSpread("LER [%], (1, 0, 0): broken", full.theirs.per, full.values.per, {
        divide: worksBelow,
        format: percent,
      }),
      withinSpread("fw. CE [nats], (1, 0, 0): broken", full.theirs.frameCe, full.values.frameCe, {
        divide: CHANCE,
        format: nats,
      }),
      withinSpread("E p(ε) [%], (1, 0, 0): broken", full.theirs.blank, full.values.blank, {
        format: decimals(0),
      }),
      less("(0.5, 0, 0)", neither, "(1, 0, 0)", full),
      atMost(
        "mean LER [%] of each of the ten rows at α = 0.5: works",
        Math.max(...halves.map(({ theirs }) => theirs.per.mean)),
        halves.map(({ values }) => mean(values.per)),
        { weaker: worksBelow, format: percent, expected: "4.7 to 10.5" },
      ),
      above("LER [%], all rows and seeds: never zero", 0, all("per"), { format: percent }),
      above("TSE [frames], all rows and seeds: never zero", 0, all("tse"), { format: nats }),
    ],
  }, {
    kind: "reproduction",
    title: "Prior and transitions help, transitions alone more than the prior, both together most",
    source: "the alignment paper, section 7.1.1 and Table 1",
    states: "not reproduced",
    rows: [
      less("prior (0.5, 0.2, 0)", prior, "neither (0.5, 0, 0)", neither),
      less("transitions (0.5, 0, 0.5)", transitions, "neither (0.5, 0, 0)", neither),
      less("transitions (0.5, 0, 0.5)", transitions, "prior (0.5, 0.2, 0)", prior),
      less("both (0.5, 0.3, 0.2)", both, "prior (0.5, 0.2, 0)", prior),
      less("both (0.5, 0.3, 0.2)", both, "transitions (0.5, 0, 0.5)", transitions),
    ],
  }];
}

function topologyClaims(topologies: Compared<"table-12">): ClaimSpec[] {
  const { "hmm-20": hmm, "ctc-20": ctc, "hmm-100": largeHmm, "ctc-100": largeCtc } = topologies;
  return [{
    kind: "reproduction",
    title: "At scales (1, 0, 0) the CTC topology errs less than the HMM",
    source: "the alignment paper, Table 12",
    states: "same direction",
    rows: [
      less("CTC, 20 cells", ctc, "HMM, 20 cells", hmm),
      less("CTC, 100 cells", largeCtc, "HMM, 100 cells", largeHmm),
    ],
  }, {
    kind: "reproduction",
    title: "A larger network errs less, and CTC gives blank more than there is silence",
    source: "the alignment paper, Table 12",
    states: "reproduced",
    rows: [
      less("HMM, 100 cells", largeHmm, "HMM, 20 cells", hmm),
      less("CTC, 100 cells", largeCtc, "CTC, 20 cells", ctc),
      ...[ctc, largeCtc].map(({ columns, silence, theirs, values }) =>
        above(`E p(ε) [%], CTC, ${columns.units} cells`, silence, values.blank, {
          format: decimals(0),
          expected: `${formatSpread(theirs.blank, "blank")}, of ${silence} silence`,
        })
      ),
    ],
  }];
}

/** What the paper does not say, and the notebook does. */
function ourChecks(results: Results): ClaimSpec[] {
  const { scales, corpusTransitions, floor } = results;
  const long = (metric: Metric, lower: LongCriterion, higher: LongCriterion): Row => {
    const contender = (name: LongCriterion) => ({
      name,
      values: longFigures(results, name, metric, LONG),
    });
    return ordered(
      `${headingOf(metric)} after ${LONG} steps`,
      contender(lower),
      contender(higher),
      {
        format: metric === "per" ? percent : nats,
      },
    );
  };
  const { theirs } = table12["ctc-100"];
  const least = floor.atTheirShare["ctc-100"];
  return [{
    kind: "check",
    title: "True labels do not lower the label errors of this network; they make it surer of place",
    source: "ours: results/noisy-words",
    states: "holds",
    rows: [
      long("per", "(0.5, 0.3, 0.2)", "true labels"),
      long("frameCe", "true labels", "(0.5, 0.3, 0.2)"),
      long("tse", "true labels", "(0.5, 0.3, 0.2)"),
    ],
  }, {
    kind: "check",
    title: "Other transition probabilities leave the label errors where they are",
    source: "ours: results/noisy-words",
    states: "holds",
    rows: [
      equivalent("LER, (0.5, 0, 0.5): silence stays with 0.42 / with 0.3", {
        values: corpusTransitions.per,
        base: scales["a0.5-b0-g0.5"].per,
      }, { margin: 0.1 }),
    ],
  }, {
    kind: "check",
    title: "One framewise CE of Table 12 is less than any model can have on this corpus",
    source: "ours: the exact posterior, against the alignment paper, Table 12",
    states: "holds",
    rows: [
      below("their fw. CE [nats], CTC, 100 cells", least, theirs.frameCe.mean, {
        format: nats,
        expected: `below ${nats(least)}, the least at ${theirs.blank.mean} % blank`,
      }),
    ],
  }];
}

/** The LER of one row below that of another. */
function less(name: string, row: ComparedRow, otherName: string, other: ComparedRow): Row {
  return ordered(
    `LER [%], ${name} / ${otherName}`,
    { name, values: row.values.per },
    { name: otherName, values: other.values.per },
    {
      format: percent,
      expected: `${formatSpread(row.theirs.per, "per")} below ${
        formatSpread(other.theirs.per, "per")
      }`,
    },
  );
}
