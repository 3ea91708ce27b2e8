import {
  atLeast,
  below,
  type ClaimSpec,
  decimals,
  near,
  ordered,
  type Row,
} from "../../claims/mod.ts";
import { mean } from "../../numeric/mod.ts";
import { published } from "./published.ts";
import { lengths, type Listener, type Results } from "./results.ts";
import { titles } from "./titles.ts";
import type { SystemName } from "./sweep.ts";

/** How far a mean of five seeds may lie from what is computed: a hundredth of the labels. */
const TOLERANCE = 0.01;
const format = decimals(3);

/** What CTC cannot know, whether its encoder can, and what independence costs all the same. */
export function claims(results: Results): ClaimSpec[] {
  const { floors, errors, search, bits, agreement, independent } = results;
  const underFloor = (system: SystemName): Row =>
    below(`label error rate: ${titles[system]}`, floors.errorByWord, errors[system], {
      expected: `below the floor, ${format(floors.errorByWord)}`,
      format,
    });
  const fewerBits = (system: Listener): Row =>
    below(`bits per text: ${titles[system]}`, floors.bitsIndependent, bits[system], {
      expected: `below the floor, ${format(floors.bitsIndependent)}`,
      format,
    });
  const atFloor = (system: SystemName, floor: number): Row =>
    near(`label error rate, mean: ${titles[system]}`, floor, mean(errors[system]), {
      tolerance: TOLERANCE,
      format,
    });
  const longest = lengths.length - 1, n = lengths[longest];
  const ctc = "ctc, the text";
  return [{
    kind: "reproduction",
    title: "Where a frame hears one word, CTC stays at the floor, and language is what it lacks",
    source: `concept page: "${published.independent}" … "${published.external}"`,
    states: "reproduced",
    rows: [
      atFloor("ctc, one word", floors.errorByWord),
      below("label error rate: CTC + bigram model", floors.errorByWord, search.fused, {
        expected: `below the floor, ${format(floors.errorByWord)}`,
        format,
      }),
      ordered(
        "label error rate: what the bigram model repairs",
        { name: "CTC + bigram", values: search.fused },
        { name: "CTC", values: search.alone },
        { format },
      ),
    ],
  }, {
    kind: "reproduction",
    title: "A transducer and attention learn the language with the sound, on the same encoder",
    source: `Seq2Seq text: "${published.both}"`,
    states: "reproduced",
    rows: [underFloor("transducer, one word"), underFloor("attention, one word")],
  }, {
    kind: "question",
    title: "Does CTC learn what the words before say, where its encoder hears them?",
    source: "ours; the concept page's independence is given x, and x holds the article",
    states: "yes",
    rows: [underFloor(ctc), atFloor(ctc, floors.errorByText)],
  }, {
    kind: "reproduction",
    title:
      "What nothing in the sound shows, CTC guesses anew for every word, the others once a text",
    source: `concept page: "${published.independent}"`,
    states: "reproduced",
    rows: [
      atLeast(`bits per text: ${titles[ctc]}`, floors.bitsIndependent, bits[ctc], { format }),
      fewerBits("transducer, the text"),
      fewerBits("attention, the text"),
      near(
        `probability that ${n} words agree: ${titles[ctc]}`,
        independent[longest],
        mean(agreement[ctc][longest]),
        { tolerance: 0.1, format },
      ),
      ...(["transducer, the text", "attention, the text"] as const).map((system) =>
        ordered(
          `probability that ${n} words agree: ${titles[system]}`,
          { name: "CTC", values: agreement[ctc][longest] },
          { name: system.split(",")[0], values: agreement[system][longest] },
          { format },
        )
      ),
    ],
  }];
}
