import { atLeast, atMost, between, type ClaimSpec, ordered } from "../../claims/mod.ts";
import { published } from "./published.ts";
import { type Results, voices } from "./results.ts";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** What is said of frames of speech, put to the test on sentences that are spoken anew. */
export function claims({ phoneMs, feasible, missed, bands, cepstra }: Results): ClaimSpec[] {
  const phones = voices.map((voice) => phoneMs[voice]);
  return [{
    kind: "reproduction",
    title: "A phone lasts about 80 ms: about two frames of 40 ms",
    source: `the alignment paper, 7.1.1: ${published.phoneMs} ms on Switchboard, "about ` +
      `${published.framesPerPhone} frames per phoneme label"`,
    states: "same direction",
    rows: [
      between(
        `mean length of a phone, ms: ${voices.join(", ")}`,
        [0.8 * published.phoneMs, 1.2 * published.phoneMs],
        phones,
        { expected: `${published.phoneMs}, within a fifth`, format: (ms) => ms.toFixed(0) },
      ),
      between(
        `frames of 40 ms in a phone: ${voices.join(", ")}`,
        [published.framesPerPhone - 0.5, published.framesPerPhone + 0.5],
        phones.map((ms) => ms / 40),
        { expected: "about 2: it rounds to 2", format: (frames) => frames.toFixed(1) },
      ),
    ],
  }, {
    kind: "question",
    title: "Does the cosine transform take the correlation out of mel bands?",
    source: "the reason that textbooks give for cepstra; ours, on twelve sentences",
    states: "yes",
    rows: [
      ordered(
        "mean |correlation| of two features, by sentence",
        { name: "cepstra", values: cepstra },
        { name: "mel bands", values: bands },
        { format: (value) => value.toFixed(2) },
      ),
      atMost(
        "mean |correlation| of cepstra over that of mel bands, by sentence",
        0.5,
        cepstra.map((value, n) => value / bands[n]),
        { expected: "at most half", format: (value) => value.toFixed(2) },
      ),
    ],
  }, {
    kind: "question",
    title: "Are frames of 40 ms short enough for CTC?",
    source: "the alignment paper trains at 40 and 60 ms; ours",
    states: "yes",
    rows: [
      atLeast("sentences with as many frames as CTC needs, at 40 ms", 1, feasible[40], {
        expected: "all",
        format: percent,
      }),
      atMost("phones that hold no frame's centre, at 40 ms", 0.05, missed[40], {
        expected: "few: at most 5 %",
        format: percent,
      }),
    ],
  }];
}
