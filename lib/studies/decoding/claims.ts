import {
  above,
  between,
  type ClaimSpec,
  decimals,
  equal,
  equivalent,
  ordered,
} from "../../claims/mod.ts";
import { atContrast, type ContrastGain, type Results, SEQUENCES, widths } from "./results.ts";

/** A beam is as good as a wider one if their error rates differ by less than a tenth. */
const AS_GOOD = 0.1;
const per = decimals(3);
const CONCEPT = "the concept page on CTC, Decoding";

/** What the sources say and ask of decoders, judged on the models of the sweep `decoding`. */
export function claims(results: Results): ClaimSpec[] {
  const { toy, likelier, greedy, fusedByOwn, gains, widths: beams } = results;
  const [heard, blind] = [atContrast(gains.heard), atContrast(gains.blind)];
  const alone = { name: "beam alone", values: heard.alone };
  const atWidth = (asked: number) => beams[widths.indexOf(asked)].per;
  return [{
    kind: "reproduction",
    title: "Greedy decoding does not always give the best labelling; a beam finds better ones",
    source: CONCEPT,
    states: "reproduced",
    rows: [
      equal(
        "constructed example: labelling of the best path; best labelling",
        ["(nothing)", "a"],
        [toy.greedy, toy.best],
      ),
      above(
        `sequences of ${SEQUENCES} with a likelier labelling than the best path's, each seed`,
        0,
        likelier,
        { format: decimals(0, " %") },
      ),
    ],
  }, {
    kind: "check",
    title: "On the hard corpus greedy decoding errs, and not everywhere",
    source: "a bound of ours, chosen before; the write-up asks for a greedy PER > 0",
    states: "holds",
    rows: [between("greedy PER, each of five seeds", [0.05, 0.3], greedy, { format: per })],
  }, {
    kind: "question",
    title: "Does a beam of prefixes err less than greedy decoding?",
    source: "the write-up timit-blstm-ctc, Open questions",
    states: "yes",
    rows: [
      ordered("PER, beam against greedy", { ...alone, name: "beam of 16" }, {
        name: "greedy",
        values: greedy,
      }, {
        format: per,
      }),
    ],
  }, {
    kind: "reproduction",
    title: "A language model knows what CTC ignores, and decoding with it errs less",
    source: "the concept page on CTC, The conditional-independence assumption",
    states: "not reproduced",
    rows: [
      ordered("PER, one weight and bonus", { name: "with LM", values: heard.fused }, alone, {
        format: per,
      }),
      ordered(
        "PER, weight and bonus chosen for each corpus",
        { name: "with LM", values: fusedByOwn },
        alone,
        { format: per },
      ),
      ordered(
        "PER, networks that never heard the chain",
        { name: "with LM", values: blind.fused },
        { ...alone, values: blind.alone },
        { format: per },
      ),
    ],
  }, {
    kind: "question",
    title: "Is a language model worth less to a network that was trained on the chain?",
    source: "ours",
    states: "yes",
    rows: gains.heard.map((gain, n) =>
      ordered(
        `PER with LM / alone, contrast ${gain.contrast}`,
        { name: "never heard it", values: ratios(gains.blind[n]) },
        { name: "trained on it", values: ratios(gain) },
        { format: decimals(2, "×") },
      )
    ),
  }, {
    kind: "question",
    title: "Is it worth the more, the more there is to know, to networks that never heard it?",
    source: "ours",
    states: "mixed",
    rows: gains.blind.slice(1).map((flatter, n) => {
      const sharper = gains.blind[n];
      const contender = (gain: ContrastGain) => ({
        name: `contrast ${gain.contrast}`,
        values: ratios(gain),
      });
      return ordered(
        `PER with LM / alone, contrasts ${sharper.contrast} and ${flatter.contrast}`,
        contender(sharper),
        contender(flatter),
        { format: decimals(2, "×") },
      );
    }),
  }, {
    kind: "question",
    title: "Is a beam of 4 as good as one of 256?",
    source: "ours",
    states: "yes",
    rows: [
      equivalent("PER, width 4 / width 256", { values: atWidth(4), base: atWidth(256) }, {
        margin: AS_GOOD,
        expected: "as good",
      }),
    ],
  }];
}

/** PER with the language model over that without, seed by seed. */
export function ratios({ alone, fused }: ContrastGain): number[] {
  return fused.map((per, s) => per / alone[s]);
}
