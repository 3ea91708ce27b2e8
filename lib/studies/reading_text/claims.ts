import { below, type ClaimSpec, decimals, lowers, near, ordered } from "../../claims/mod.ts";
import { published } from "./published.ts";
import type { DecoderName, Results } from "./results.ts";
import { decoderTitles, titles } from "./titles.ts";
import type { Reader } from "./sweep.ts";

const format = decimals(3);
/** What counts as read: most words right. */
const READ = 0.5;

/** What is read of unsegmented frames, and what of it a model of words repairs. */
export function claims({ errors, byLetter, decoded, lattice }: Results): ClaimSpec[] {
  const cer = (reader: Reader) => ({ name: titles[reader], values: errors[reader].cer });
  const wer = (name: DecoderName) => ({ name: decoderTitles[name], values: decoded[name].wer });
  const isRead = (reader: Reader) =>
    below(`word error rate: ${titles[reader]}`, READ, errors[reader].wer, {
      expected: `most words are right, below ${READ}`,
      format,
    });
  return [{
    kind: "reproduction",
    title: "A convolution, bidirectional GRUs and CTC learn to read text from unsegmented frames",
    source: `teaching notebook: "${published.architecture}", "${published.aligned}"`,
    states: "reproduced",
    rows: [
      ordered("character error rate: against letters judged alone", cer("deep speech"), {
        name: "told where letters are, each judged alone",
        values: byLetter["own sounds"],
      }, { format }),
      ordered("character error rate: the two networks", cer("deep speech"), cer("plain rnn"), {
        format,
      }),
    ],
  }, {
    kind: "question",
    title: "Can the teaching notebook's own features be read?",
    source: `teaching notebook: "${published.features}"`,
    states: "no",
    rows: [isRead("plain rnn, toy features"), isRead("deep speech, toy features")],
  }, {
    kind: "reproduction",
    title: "A language model of words repairs what CTC misspells",
    source: `concept page: "${published.external}"`,
    states: "reproduced",
    rows: [
      ordered("word error rate: a lexicon", wer("lexicon"), wer("greedy"), { format }),
      ordered("word error rate: what follows on a word", wer("bigram"), wer("lexicon"), { format }),
    ],
  }, {
    kind: "reproduction",
    title: "A beam without a model of words reads better than greedy decoding",
    source: `teaching notebook: "${published.beam}"`,
    states: "reproduced",
    rows: [
      lowers("word error rate: beam / greedy", {
        values: decoded.beam.wer,
        base: decoded.greedy.wer,
      }),
    ],
  }, {
    kind: "check",
    title: 'The last frame of α for "hi" holds the sum over all of its paths',
    source: "teaching notebook, CTC Forward Algorithm; the concept page, which says it in words",
    states: "holds",
    rows: [
      near(`log p of ${lattice.paths} paths, one by one`, lattice.enumerated, lattice.logProb, {
        tolerance: 1e-9,
        format: decimals(4),
      }),
    ],
  }];
}
