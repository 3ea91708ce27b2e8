import { above, below, between, type ClaimSpec, decimals, ordered } from "../../claims/mod.ts";
import { kinds } from "../write_up/sweep.ts";
import { blankShare } from "./published.ts";
import { correlation, PLATEAU, type Results } from "./results.ts";
import { durationNames, titleOf } from "./sweep.ts";

const percent = decimals(0);
/** A clean signal, and one that predicts, has a correlation of this size. */
const CLEAN = 0.9;
/** Blank is more than silence where it takes more than this share of the frames of phones, %. */
const MORE = 10;

/** What the sources say of blank, judged by our runs. */
export function claims({ courses, durations }: Results): ClaimSpec[] {
  const openQuestion = "the write-up timit-blstm-ctc, Open questions";
  const steps = kinds.map((kind) => courses[kind].steps);
  const all = (name: keyof typeof steps[number]) => steps.flatMap((steps) => steps[name]);
  const leads = all("solved").map((solved, n) => solved - all("plateauEnds")[n]);
  const inPercent = (shares: readonly number[]) => shares.map((share) => 100 * share);
  const share = (what: string, rates: readonly number[]) =>
    between(`blank, % of frames, ${what}`, blankShare, inPercent(rates), { format: percent });
  return [{
    kind: "reproduction",
    title: "A trained CTC model answers blank on 80 to 95 % of the frames",
    source: openQuestion,
    states: "not reproduced",
    rows: [
      share("five BLSTM", courses.blstm.blankRate),
      share("five LSTM", courses.lstm.blankRate),
      share(`five BLSTM, ${titleOf("long")} (ours)`, durations.long.blankRate),
    ],
  }, {
    kind: "reproduction",
    title: "The rate of spikes is a clean signal of how decisive the model is",
    source: openQuestion,
    states: "reproduced",
    rows: kinds.map((kind) =>
      below(
        `correlation of labelled frames with entropy from step ${PLATEAU}, five ${kind.toUpperCase()}`,
        -CLEAN,
        courses[kind].decisive,
        { format: decimals(2), expected: "a clean signal" },
      )
    ),
  }, {
    kind: "question",
    title: "Does the blank rate announce convergence?",
    source: `${openQuestion}: a diagnostic, to be plotted beside the PER`,
    states: "mixed",
    rows: [
      above("steps from the end of the plateau to PER ≤ 0.05, ten runs", 0, leads, {
        expected: "ahead of it",
      }),
      ...kinds.map((kind) => {
        const { plateauEnds, solved } = courses[kind].steps;
        return above(
          `correlation of the two steps, five ${kind.toUpperCase()}`,
          CLEAN,
          correlation(plateauEnds, solved),
          { format: decimals(2), expected: "it predicts when" },
        );
      }),
      ordered(
        "steps to the end of the plateau, and to a PER below 1, ten runs",
        { name: "plateau ends", values: all("plateauEnds") },
        { name: "PER below 1", values: all("perLeaves") },
        { expected: "sooner than the PER" },
      ),
    ],
  }, {
    kind: "reproduction",
    title: "Blank does not mean silence",
    source: "the concept page on CTC, Common confusions",
    states: "reproduced",
    rows: durationNames.map((duration) =>
      above(
        `blank, % of the frames of phones, ${titleOf(duration)}`,
        MORE,
        inPercent(durations[duration].blankInPhones),
        { format: percent, expected: "blank within phones" },
      )
    ),
  }];
}
