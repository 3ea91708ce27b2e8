import { atMost, below, type ClaimSpec, decimals, ordered, type Row } from "../../claims/mod.ts";
import { type Reader, titles } from "../fixed_vector/mod.ts";
import type { Listening } from "./listening.ts";
import { published } from "./published.ts";
import { factors, type readers, type Results } from "./results.ts";

const rate = decimals(3), frames = decimals(1);
/** What counts as solved, as in the write-up. */
const SOLVED = 0.05;

/** What freedom costs on longer sequences, how it is lost, what saves it, and who waits. */
export function claims({ errors, listening, latency }: Results): ClaimSpec[] {
  const at = (factor: number) => factors.indexOf(factor);
  const worse = (factor: number): Row =>
    ordered(
      `label error rate at ${factor} × the length: CTC against additive attention`,
      { name: "CTC", values: errors.ctc[at(factor)] },
      { name: "attention", values: errors.additive[at(factor)] },
      { format: rate },
    );
  const solves = (reader: typeof readers[number], factor: number): Row =>
    below(
      `label error rate at ${factor} × the length: ${titles[reader]}`,
      SOLVED,
      errors[reader][
        at(factor)
      ],
      { expected: `solved, below ${SOLVED}`, format: rate },
    );
  const grows = (what: string, key: keyof Listening): Row => {
    const values = (factor: number) => listening.additive[at(factor)].map((one) => one[key]);
    return ordered(
      `${what}: at the trained length against 4 × of it`,
      { name: "trained", values: values(1) },
      { name: "4 ×", values: values(4) },
      { format: rate },
    );
  };
  const early = (reader: Reader & keyof Results["latency"]): Row =>
    atMost(
      `frames after a phone's end, at 8 × the length: ${titles[reader]}`,
      0,
      latency[reader][
        at(8)
      ],
      { expected: "known when the phone ends", format: frames },
    );
  return [{
    kind: "reproduction",
    title: "Attention assumes no order and pays for it beyond the lengths that it was trained on",
    source: `concept page: "${published.attention}"`,
    states: "reproduced",
    rows: [worse(2), worse(8), solves("ctc", 8), solves("transducer", 8)],
  }, {
    kind: "question",
    title: "Does additive attention loop, skip and end early there?",
    source: "ours",
    states: "yes",
    rows: [
      grows("steps that go back or stay", "back"),
      grows("phones that are skipped", "skipped"),
      grows("sequences that end early", "early"),
    ],
  }, {
    kind: "question",
    title: "Does attention keep its place if it is told where it listened last?",
    source: "ours; location-aware attention is Chorowski et al. 2015's",
    states: "yes",
    rows: factors.slice(1).map((factor) => solves("location", factor)),
  }, {
    kind: "reproduction",
    title:
      "Attention is harder to stream: it waits for the whole sequence, CTC and a transducer do not",
    source: `concept page: "${published.attention}"`,
    states: "reproduced",
    rows: [
      early("ctc"),
      early("transducer"),
      ordered(
        "frames after a phone's end: attention at the trained length against 8 × of it",
        { name: "trained", values: latency.additive[at(1)] },
        { name: "8 ×", values: latency.additive[at(8)] },
        { format: frames },
      ),
    ],
  }];
}
