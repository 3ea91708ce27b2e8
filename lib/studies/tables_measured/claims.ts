import {
  above,
  allWithinSpread,
  atLeast,
  atMost,
  type ClaimSpec,
  decimals,
  ordered,
  type Row,
  withinSpread,
} from "../../claims/mod.ts";
import { spreadOf } from "../../numeric/mod.ts";
import {
  formatSpread,
  headingOf,
  isLost,
  lastDigit,
  type Metric,
  metrics,
} from "../synthetic_tables/mod.ts";
import { definitions, nameOf } from "./comparison.ts";
import { at, type Figures, type Results, stepsOf } from "./results.ts";
import { chosenBy, further, READ_AT, type RowName, rows, STEPS } from "./sweep.ts";

/** The rows of Table 1 that train with half the posterior. */
export const halves = [
  "a0.5-b0.2-g0",
  "a0.5-b0.3-g0.2",
  "a0.5-b0-g0.5",
  "a0.5-b0-g0",
] as const satisfies RowName[];
const falling = [...halves, "ctc-20"] as const satisfies RowName[];

/** The spread of the LER between seeds in the rows of Table 1 at α = 0.5 begins here, %. */
const SPREAD = 4.4;

/** What the tables print, judged by noise of either kind and by every definition. */
export function claims(results: Results): ClaimSpec[] {
  return [
    ...labelErrors(results),
    printedDefinitions(results),
    ...crossEntropies(results),
    otherDefinitions(results),
    spreads(results),
    ...noiseOfFrames(results),
    furtherRows(results),
  ];
}

function labelErrors({ courses }: Results): ClaimSpec[] {
  const per = (row: RowName) => ({ name: nameOf(row), values: at(courses[row], "per", READ_AT) });
  return [{
    kind: "reproduction",
    title: "A full posterior scale breaks the HMM, CTC errs less, half the posterior least",
    source: "the alignment paper, section 7.1.1 and Tables 1 and 12",
    states: "same direction",
    rows: [
      ...chosenBy.map((row) => within(courses, row, "per")),
      ordered("LER [%]", per("ctc-20"), per("a1-b0-g0"), { format: decimals(1) }),
      ...halves.map((row) => ordered("LER [%]", per(row), per("ctc-20"), { format: decimals(1) })),
    ],
  }];
}

function printedDefinitions({ courses }: Results): ClaimSpec {
  return {
    kind: "reproduction",
    title: "With noise drawn once a sequence, the figures of Tables 1 and 12 by what they print",
    source: "the alignment paper, Tables 1 and 12, 20 cells",
    states: "not reproduced",
    rows: (["per", "frameCe", "blank", "tse"] as const).map((figure) =>
      all(courses, chosenBy, figure, "six rows")
    ),
  };
}

function crossEntropies({ courses }: Results): ClaimSpec[] {
  const rowsOf = (figure: "frameCe" | "ownCe"): Row[] => [
    all(courses, halves, figure, "the HMM at α = 0.5"),
    within(courses, "a1-b0-g0", figure),
    within(courses, "ctc-20", figure),
  ];
  const { mean, deviation } = rows["ctc-20"].theirs.frameCe;
  return [{
    kind: "question",
    title: "Is the CE of every row that of the reference alignment, as it is defined?",
    source: "the alignment paper, appendix A.4.2 and Tables 1 and 12",
    states: "mixed",
    rows: rowsOf("frameCe"),
  }, {
    kind: "question",
    title: "Is the CE of every row that of the model's own alignment?",
    source: "ours: results/tables-measured",
    states: "mixed",
    rows: rowsOf("ownCe"),
  }, {
    kind: "check",
    title: "No CTC here ever has the CE of the reference that Table 12 prints",
    source: "ours: results/tables-measured, against the alignment paper, Table 12",
    states: "holds",
    rows: [
      above(
        "CE of the reference [nats], CTC, 20 cells, all seeds and steps",
        mean + 2 * deviation,
        stepsOf(courses["ctc-20"]).flatMap((iter) => at(courses["ctc-20"], "frameCe", iter)),
        { format: decimals(2), expected: `above ${mean} + 2 · ${deviation}` },
      ),
    ],
  }];
}

function otherDefinitions({ courses }: Results): ClaimSpec {
  return {
    kind: "question",
    title: "Does another definition of TSE or of silence give the figures of Table 1 at α = 0.5?",
    source: "ours: results/tables-measured, against the alignment paper, Table 1",
    states: "mixed",
    rows:
      (["tse", "scaledTse", "labelTse", "tseCenter", "blank", "silence", "scaledSilence"] as const)
        .map((figure) => all(courses, halves, figure, "four rows")),
  };
}

function spreads({ courses }: Results): ClaimSpec {
  const deviations = (row: RowName) =>
    stepsOf(courses[row]).map((iter) => spreadOf(at(courses[row], "per", iter)).deviation);
  return {
    kind: "check",
    title:
      "Seeds differ in LER as much as the paper's while it falls, and agree when it has fallen",
    source: "ours: results/tables-measured, against the alignment paper, Tables 1 and 12",
    states: "holds",
    rows: [
      ...falling.map((row) =>
        atLeast(
          `σ of the LER [%], its largest, ${nameOf(row)}`,
          SPREAD,
          Math.max(...deviations(row)),
          {
            format: decimals(1),
            expected: `at least ${SPREAD}, the least of Table 1; here ${
              formatSpread(rows[row].theirs.per, "per")
            }`,
          },
        )
      ),
      ...halves.map((row) =>
        atMost(
          `σ of the LER [%] after ${STEPS} steps, ${nameOf(row)}`,
          1,
          deviations(row).at(-1)!,
          {
            format: decimals(1),
          },
        )
      ),
    ],
  };
}

function noiseOfFrames({ perFrame, least }: Results): ClaimSpec[] {
  const { theirs } = rows["a0.5-b0.3-g0.2"];
  const { mean, deviation } = theirs.per;
  return [{
    kind: "check",
    title: "With noise for every frame, the best LER of Table 1 is that of the best recogniser",
    source:
      "ours: the exact posterior of all sequences of words, against the alignment paper, Table 1",
    states: "holds",
    rows: [
      above("least expected LER [%]", mean, least.per, {
        format: decimals(1),
        expected: `above their ${formatSpread({ mean, deviation }, "per")}`,
      }),
      atMost(
        "sequences that the best LER is measured on, if it is to spread by their σ",
        30,
        (least.deviation / deviation) ** 2,
        { format: decimals(0) },
      ),
    ],
  }, {
    kind: "question",
    title: "With noise for every frame, do more steps give the figures of the row (0.5, 0.3, 0.2)?",
    source: "ours: results/noisy-words, 2000 steps, against the alignment paper, Table 1",
    states: "mixed",
    rows: (Object.keys(metrics) as Metric[]).map((metric) =>
      withinSpread(headingOf(metric), theirs[metric], perFrame[metric], {
        digit: lastDigit(metric),
        format: decimals(metrics[metric].digits),
      })
    ),
  }];
}

function furtherRows({ courses }: Results): ClaimSpec {
  const ofTable11 = further.filter((row) => rows[row].units === 20);
  const large = further.filter((row) => rows[row].units === 100);
  return {
    kind: "question",
    title: "Do the rows agree, too, by which the number of steps was not chosen?",
    source: "the alignment paper, Tables 11 and 12",
    states: "mixed",
    rows: (["per", "frameCe", "ownCe", "blank", "tse"] as const).flatMap((figure) => [
      all(courses, ofTable11, figure, "other rows of Table 11"),
      ...large.map((row) => within(courses, row, figure)),
    ]),
  };
}

/** One row of a table by one definition, after {@link READ_AT} steps. */
function within(courses: Results["courses"], row: RowName, figure: keyof Figures): Row {
  const { name, theirs: metric } = definitions[figure];
  return withinSpread(
    `${name}, ${nameOf(row)}`,
    rows[row].theirs[metric],
    at(courses[row], figure, READ_AT),
    { digit: lastDigit(metric), format: decimals(metrics[metric].digits) },
  );
}

/** The rows of a table of which our copy has a figure, by one definition, after {@link READ_AT} steps. */
function all(
  courses: Results["courses"],
  names: readonly RowName[],
  figure: keyof Figures,
  of: string,
): Row {
  const { name, theirs: metric } = definitions[figure];
  return allWithinSpread(
    `${name}, ${of}`,
    names.map((row) => ({
      theirs: rows[row].theirs[metric],
      ours: at(courses[row], figure, READ_AT),
    })).filter(({ theirs }) => !isLost(theirs)),
    { digit: lastDigit(metric) },
  );
}
