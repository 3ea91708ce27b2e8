import { median } from "../../numeric/mod.ts";
import { setting } from "../alignment_settings/mod.ts";
import { type PublishedRow, table2, table8, table9 } from "./published.ts";
import { type Audience, cellAt, leastOf, type Results, type Trained } from "./results.ts";
import { frameLengths, hmmRows, type PriorKind, priors } from "./sweep.ts";

const one = (value: number) => value.toFixed(1);
const middle = (values: readonly number[]) => one(median(values));

/** Every row of Tables 2 and 9 on our voices, medians over seeds, with the truth first. */
export function oursByRow({ known, unseen }: Results) {
  const line = (row: string, ours: Trained, other: Trained) => ({
    row,
    "TSE, ms": middle(ours.timed.tse),
    "worst seed": one(Math.max(...ours.timed.tse)),
    "TSE of centres": middle(ours.timed.tseCenter),
    "silence, %": middle(ours.timed.silence),
    "phone, ms": middle(ours.timed.duration),
    "PER, %": middle(ours.per),
    "unseen voice: TSE": middle(other.timed.tse),
    "PER": middle(other.per),
  });
  const { silence, duration } = known.truth;
  return [
    {
      ...{
        row: "truth",
        "TSE, ms": "0.0",
        "worst seed": "0.0",
        "TSE of centres": "0.0",
        "silence, %": one(silence),
      },
      ...{ "phone, ms": one(duration), "PER, %": "0.0", "unseen voice: TSE": "0.0", "PER": "0.0" },
    },
    line("CTC", known.ctc[4], unseen.ctc[4]),
    ...hmmRows.map((row) => line(row, known.hmm[row], unseen.hmm[row])),
  ];
}

/** The paper's figures beside ours: Switchboard; LibriSpeech; known voices. */
export function besidePaper({ known }: Results) {
  const rows: readonly PublishedRow[] = ["GMM", "CTC", ...hmmRows];
  return rows.map((row) => {
    const { timed } = row === "CTC" ? known.ctc[4] : row === "GMM" ? gmm(known) : known.hmm[row];
    const figures = (name: "tse" | "silence" | "duration") =>
      [one(table2[row][name]), one(table9[row][name]), middle(timed[name])].join("; ");
    return {
      row: row === "GMM" ? "GMM; ours: truth" : row,
      "TSE, ms": figures("tse"),
      "silence or blank, %": figures("silence"),
      "phone, ms": figures("duration"),
    };
  });
}

/** The truth in place of the GMM, whose alignment the paper takes for it. */
function gmm({ truth }: Results[Audience]) {
  return { timed: { tse: [0], silence: [truth.silence], duration: [truth.duration] } };
}

/** CTC by length of a frame: how wide its peaks are, and what the best setting comes to. */
export function byFrame({ known, unseen, rounding }: Results) {
  return frameLengths.map((length) => {
    const { timed, blank, per, cells } = known.ctc[length];
    const best = leastOf(cells), width = median(timed.duration);
    return {
      "frame, ms": 10 * length,
      "blank, %": middle(blank),
      "phone, ms": one(width),
      "phone, frames": one(width / (10 * length)),
      "PER, %": middle(per),
      "TSE, ms": middle(timed.tse),
      "best setting": setting(best),
      "TSE at it": middle(best.tse),
      "unseen voice, at it": middle(cellAt(unseen.ctc[length].cells, best).tse),
      "rounding alone": one(rounding[length]),
    };
  });
}

/** Table 8: the prior of the sequence and of the batch, theirs and ours. */
export function byPrior({ known, unseen }: Results) {
  const of = (audience: Results[Audience], prior: PriorKind) =>
    prior === "batch" ? audience.batch : audience.hmm["(0.5, 0.3, 0)"];
  return priors.map((prior) => ({
    "prior averaged over": `the ${prior}`,
    "WER, paper, %": one(table8[prior]),
    "PER, %": middle(of(known, prior).per),
    "TSE, ms": middle(of(known, prior).timed.tse),
    "silence, %": middle(of(known, prior).timed.silence),
    "unseen voice: PER": middle(of(unseen, prior).per),
    "TSE": middle(of(unseen, prior).timed.tse),
  }));
}
