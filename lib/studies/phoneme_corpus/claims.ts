import { atLeast, atMost, type ClaimSpec, decimals, equal, ordered } from "../../claims/mod.ts";
import { onsetBands } from "./published.ts";
import type { Results } from "./results.ts";

const SOURCE = "the write-up timit-blstm-ctc, Synthetic phoneme corpus";
/** From here on we say that a frame tells its phone; the write-up gives no figure. */
const TELLS = 0.8;
/** Up to here we say that two phonemes cannot be told apart; a guess is 0.5. */
const GUESSED = 0.6;
const share = { format: decimals(2) };

/** What the write-up says of its corpus, judged by five corpora. */
export function claims({ onsetBands: ours, ownBands, heard }: Results): ClaimSpec[] {
  const alone = (place: number) => heard.map(({ alone }) => alone.at(place)!);
  const first = { name: "first frame", values: alone(0) };
  const guess = { name: "guess by onset", values: heard.map(({ guess }) => guess) };
  return [{
    kind: "reproduction",
    title: "Phonemes 1 to 4 share the band of their onset, and phonemes 5 and 6 share another",
    source: "the write-up timit-blstm-ctc, Phoneme spectral signatures",
    states: "reproduced",
    rows: [equal("band of the onset, phonemes 1 to 6, seed 0", onsetBands, ours)],
  }, {
    kind: "reproduction",
    title: "The bands that follow the onset are unique to each phoneme",
    source: SOURCE,
    states: "not reproduced",
    rows: [
      equal("phonemes of six with bands of their own, seeds 0 to 4", [6, 6, 6, 6, 6], ownBands),
    ],
  }, {
    kind: "reproduction",
    title: "The start of a phone alone does not tell which one it is; its end does",
    source: SOURCE,
    states: "same direction",
    rows: [
      ordered("share of phones named rightly, first frame alone", first, guess, {
        ...share,
        expected: "no better than a guess among phonemes with the same onset",
      }),
      atLeast("share of phones named rightly, last frame alone", TELLS, alone(-1), share),
      ordered("share of phones named rightly, one frame alone", first, {
        name: "last frame",
        values: alone(-1),
      }, share),
    ],
  }, {
    kind: "reproduction",
    title: "At the start of a phone, past and present cannot tell some phonemes apart",
    source: SOURCE,
    states: "not reproduced",
    rows: [
      atMost(
        "hardest pair of one onset, told apart by the first frame, place known",
        GUESSED,
        heard.map(({ hardestPair }) => hardestPair),
        { ...share, expected: "a guess, 0.50" },
      ),
      ordered(
        "share of phones named rightly, first frame, place known",
        {
          name: "first frame",
          values: heard.map(({ placed }) => placed[0]),
        },
        guess,
        {
          ...share,
          expected: "no better than a guess among phonemes with the same onset",
        },
      ),
    ],
  }];
}
