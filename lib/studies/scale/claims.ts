import { type ClaimSpec, decimals, ordered, type Row } from "../../claims/mod.ts";
import { differences, ratios, type Results } from "./results.ts";
import type { Task } from "./sweep.ts";

const SOURCE = "the write-up timit-blstm-ctc, Open questions";

/** What grows, and from where: the write-up asks of alphabets, onsets and sequences. */
const steps: readonly (readonly [small: Task, large: Task])[] = [
  ["6 phonemes", "12 phonemes"],
  ["6 phonemes", "24 phonemes"],
  ["6 phonemes", "48 phonemes"],
  ["24 phonemes", "24 phonemes, 3 to an onset"],
  ["24 phonemes", "24 phonemes, 4 to an onset"],
  ["6 phonemes", "6 phonemes, 10–20 phones"],
  ["6 phonemes", "6 phonemes, 30–60 phones"],
];

/** The write-up's question, read in two ways, and one of ours. */
export function claims(results: Results): ClaimSpec[] {
  const widens = (
    gap: typeof ratios,
    what: string,
    format: (value: number) => string,
    [small, large]: readonly [Task, Task],
  ): Row => {
    const contender = (name: Task) => ({ name, values: gap(results[name]) });
    return ordered(`${what}: ${large} against ${small}`, contender(small), contender(large), {
      format,
      expected: "wider",
    });
  };
  const ratio = (step: readonly [Task, Task]) =>
    widens(ratios, "LSTM / BLSTM", decimals(2, "×"), step);
  const difference = (step: readonly [Task, Task]) =>
    widens(differences, "LSTM − BLSTM", decimals(0), step);
  return [{
    kind: "question",
    title: "Does the gap between BLSTM and LSTM widen with the task, as a ratio of iterations?",
    source: SOURCE,
    states: "mixed",
    rows: steps.map(ratio),
  }, {
    kind: "question",
    title:
      "Does the gap between BLSTM and LSTM widen with the task, as a difference in iterations?",
    source: SOURCE,
    states: "mixed",
    rows: steps.map(difference),
  }, {
    kind: "question",
    title: "Does the gap between BLSTM and LSTM widen with the networks, as a ratio of iterations?",
    source: "ours; the write-up asks of the task alone",
    states: "no",
    rows: [
      ratio(["6 phonemes", "6 phonemes, 64 cells"]),
      ratio(["24 phonemes", "24 phonemes, 64 cells"]),
    ],
  }];
}
