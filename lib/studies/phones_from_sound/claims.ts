import {
  atMost,
  between,
  type ClaimSpec,
  decimals,
  effect,
  equal,
  ordered,
  type Row,
} from "../../claims/mod.ts";
import type { ErrorRate } from "../../metrics/mod.ts";
import { mean, median } from "../../numeric/mod.ts";
import { allVoices } from "../speech_setup/mod.ts";
import { blankShare, blstmBeatsLstm, published } from "./published.ts";
import { last, type Part, parts, type Results } from "./results.ts";
import { BEAM, readers } from "./sweep.ts";

/** What a reader is told of each part. */
export const partTitles = {
  same: "voices trained on",
  unseen: "awb, never heard",
} as const satisfies Record<Part, string>;

/** The project's bars, PER in %: medians of five seeds. */
export const bars = { same: 9, unseen: 33 } as const satisfies Record<Part, number>;

/** How far the ratio may be from the source's, as a factor; ours, set when seed 0 was known. */
const WITHIN = 1.05;

/** Unseen words cost little where PER grows by at most a fifth; ours, set after a first listening. */
const LITTLE = 1.2;

/** In percent, as tables have it. */
export const percent = (share: number): number => 100 * share;

/** What the sources say and the project asks of itself, judged by the sweep. */
export function claims({ seeds, folds }: Results): ClaimSpec[] {
  const pers = (reader: "blstm" | "lstm", part: Part, way: "best" | "beam") =>
    last(seeds[reader], part).map((point) => percent(point[way].per));
  const { bestPath, prefixSearch } = published.labelError;
  const bar = (part: Part, way: "best" | "beam"): Row =>
    atMost(
      `PER in %, ${partTitles[part]}, ${wayTitles[way]}: median of five seeds`,
      bars[part],
      median(pers("blstm", part, way)),
      { format: decimals(1) },
    );
  const others = allVoices.filter((voice) => voice !== "awb");
  const foldPers = allVoices.map((voice) => percent(last([folds[voice]], "unseen")[0].best.per));
  return [{
    kind: "reproduction",
    title: "A network that reads both ways beats one that reads forwards",
    source: `the write-up timit-blstm-ctc, Problem: "${blstmBeatsLstm}"`,
    states: "reproduced",
    rows: parts.map((part) =>
      ordered(
        `PER in %, best path, ${partTitles[part]}`,
        { name: "BLSTM", values: pers("blstm", part, "best") },
        { name: "LSTM", values: pers("lstm", part, "best") },
        { format: decimals(1) },
      )
    ),
  }, {
    kind: "reproduction",
    title: "Searching for the best labelling lowers the error of the best path",
    source:
      `Graves et al. 2006, Table 1: ${bestPath} % by best path, ${prefixSearch} % by prefix ` +
      `search`,
    states: "same direction",
    rows: parts.map((part) =>
      effect(
        `PER by a beam of ${BEAM} / by best path, BLSTM, ${partTitles[part]}`,
        prefixSearch / bestPath,
        { values: pers("blstm", part, "beam"), base: pers("blstm", part, "best") },
        { within: WITHIN },
      )
    ),
  }, {
    kind: "check",
    title: `By a beam of ${BEAM}, phones are heard as well as the project asks`,
    source: "issue 13, bars",
    states: "holds",
    rows: parts.map((part) => bar(part, "beam")),
  }, {
    kind: "check",
    title: "By best path, phones are heard as well as the project asks",
    source: "issue 13, bars",
    states: "fails",
    rows: parts.map((part) => bar(part, "best")),
  }, {
    kind: "question",
    title: "Does awb stand for any voice that is left out?",
    source: "ours: one training for each voice left out, seed 0",
    states: "no",
    rows: [
      ...others.map((voice) =>
        atMost(
          `PER in %, ${voice} left out, best path`,
          bars.unseen,
          foldPers[allVoices.indexOf(voice)],
          { format: decimals(1) },
        )
      ),
      atMost("PER in %, mean of the four voices left out", bars.unseen, mean(foldPers), {
        format: decimals(1),
      }),
    ],
  }, {
    kind: "reproduction",
    title: "A trained CTC model answers blank on 80 to 95 % of the frames",
    source: "the write-up timit-blstm-ctc, Open questions; no frame length is given",
    states: "not reproduced",
    rows: readers.map((reader) =>
      between(
        `blank, % of frames of 20 ms, ${reader.toUpperCase()}, ${partTitles.same}`,
        blankShare,
        last(seeds[reader], "same").map(({ blankRate }) => percent(blankRate)),
        { format: decimals(0) },
      )
    ),
  }];
}

/** What a reader is told of each way to decode. */
export const wayTitles = { best: "best path", beam: `beam of ${BEAM}` } as const;

/** What was heard in the notebook, on the machine that runs it. */
export interface Listened {
  /** All sentences of "test". */
  readonly awb: ErrorRate;
  /** Unseen words, said by the voices trained on, and by awb. */
  readonly newWords: Readonly<Record<Part, ErrorRate>>;
}

/** What this machine hears, beside what is stored: the BLSTM of the first seed, best path. */
export function listenedClaims({ seeds }: Results, { awb, newWords }: Listened): ClaimSpec[] {
  const [same, unseen] = parts.map((part) => last(seeds.blstm, part)[0].best);
  const counts = (part: Record<"substitutions" | "deletions" | "insertions", number>, of: number) =>
    [part.substitutions, part.deletions, part.insertions].map((x) => Math.round(x * of));
  const known = { same: same.per, unseen: unseen.per };
  return [{
    kind: "check",
    title: "This machine speaks, computes and hears what the sweep did",
    source: "results/phones-from-sound, BLSTM, seed 0, best path",
    states: "holds",
    rows: [
      equal(
        "substitutions, deletions and insertions, 100 sentences of awb",
        counts(unseen, awb.labels),
        counts(awb, 1),
      ),
    ],
  }, {
    kind: "question",
    title: "Are words that training never had heard almost as well as others?",
    source: "ours: sentences of held-out words, spoken live",
    states: "yes",
    rows: parts.map((part) =>
      atMost(
        `PER of unseen words / of known words, ${partTitles[part]}`,
        LITTLE,
        newWords[part].rate / known[part],
        { format: decimals(2) },
      )
    ),
  }];
}
