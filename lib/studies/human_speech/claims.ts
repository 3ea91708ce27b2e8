import { atLeast, atMost, type ClaimSpec, ordered } from "../../claims/mod.ts";
import type { BoundaryErrors } from "../../metrics/mod.ts";
import { mean } from "../../numeric/mod.ts";
import { bars, published } from "./published.ts";
import type { Results } from "./results.ts";
import { speakers } from "./sweep.ts";

const ms = (value: number) => value.toFixed(1);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** What a model that never heard a person makes of people, and one of speakers whom it never heard. */
export function claims({ words, byRecording, digits }: Results): ClaimSpec[] {
  const known = speakers.map((speaker) => digits[speaker].known);
  const unseen = speakers.map((speaker) => digits[speaker].unseen);
  return [{
    kind: "question",
    title: "Can a model that only heard a synthesiser place the words of people?",
    source:
      `ours: results/librivox, whose words helped to choose the settings; for comparison the ` +
      `alignment paper, Table 9: CTC on LibriSpeech, ${published.tse} ms`,
    states: "yes",
    rows: [
      atMost(`TSE of ${words.count} words, ms`, published.tse, words.tse, {
        expected: `at most the paper's ${published.tse}`,
        format: ms,
      }),
      atMost(
        `TSE by recording, ms: ${byRecording.length} of them`,
        published.tse,
        byRecording.map(({ tse }) => tse),
        { expected: `each at most ${published.tse}`, format: ms },
      ),
      atLeast("boundaries within 50 ms of the reference", 0.8, words.within50, { format: percent }),
    ],
  }, {
    kind: "question",
    title: "Do speakers whom training never heard cost more errors?",
    source: "the write-up's first open question, on connected digits; ours",
    states: "yes",
    rows: [
      ordered(
        "errors a digit, by the speaker who is left out",
        { name: "known speakers", values: known },
        { name: "the unseen one", values: unseen },
        { format: percent },
      ),
    ],
  }, {
    kind: "check",
    title: "The project's bars for human speech",
    source: "ours: results/librivox, whose words helped to choose the settings; results/speech",
    states: "holds",
    rows: [
      atMost(`TSE of ${words.count} words, ms`, bars.tse, words.tse, { format: ms }),
      atMost("errors a digit of unseen speakers, mean of six", bars.digitErrors, mean(unseen), {
        format: percent,
      }),
    ],
  }];
}

/** Whether words that flite speaks, here and now, are placed as well as the project asks. */
export function spokenClaims({ count, tse }: Pick<BoundaryErrors, "count" | "tse">): ClaimSpec[] {
  return [{
    kind: "check",
    title: "The project's bar for words of the synthesiser, in sentences that training never had",
    source: "ours: sentences that flite speaks here and now",
    states: "holds",
    rows: [atMost(`TSE of ${count} words, ms`, bars.spokenTse, tse, { format: ms })],
  }];
}
