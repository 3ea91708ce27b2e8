import { phonemeCorpus } from "../../corpora/mod.ts";
import { accuracyByPlace, corpusSample, corpusSignatures } from "../../figures/mod.ts";
import { RandomState } from "../../numeric/mod.ts";
import { streams } from "../../training/mod.ts";
import type { Results } from "./results.ts";

/** The study's figures, by the names of their files; all of the corpus at seed 0. */
export const figures = {
  "corpus-signatures": (): SVGSVGElement => corpusSignatures(phonemeCorpus(0).signatures),
  "corpus-sample": (): SVGSVGElement =>
    corpusSample(phonemeCorpus(0).batch(new RandomState(streams.training), 3)),
  "accuracy-by-place": ({ heard: [{ guess, alone, placed }] }: Results): SVGSVGElement => {
    const halves = (shares: readonly number[]) => {
      return { start: shares.slice(0, 4), end: shares.slice(4) };
    };
    return accuracyByPlace([
      { name: "hears the\nframe alone", ...halves(alone) },
      { name: "also knows\nits place", ...halves(placed) },
    ], {
      title: "A first frame heard alone tells nothing; the last tells the phone",
      subtitle: "Share of phones, new to the listener, that one frame names rightly. A listener " +
        "who knows that the frame is the first does far better than a guess.",
      reference: { share: guess, name: "a guess among the phonemes with the same onset" },
    });
  },
};
