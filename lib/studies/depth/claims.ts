import { type ClaimSpec, ordered, type Row } from "../../claims/mod.ts";
import type { Results } from "./results.ts";
import { type Corpus, corpusNames, corpusTitles, type Network } from "./sweep.ts";

/** The write-up's question, of stacks as it asks and of pyramids. */
export function claims(results: Results): ClaimSpec[] {
  const sooner = (corpus: Corpus, network: Network): Row => {
    const contender = (name: Network) => ({ name, values: results[corpus][name].solved });
    return ordered(
      `iterations to PER ≤ 0.05, ${network} / 1 layer, ${corpusTitles[corpus]}`,
      contender(network),
      contender("1 layer"),
      { expected: "fewer", format: (n) => n === Infinity ? "never" : `${n}` },
    );
  };
  return [{
    kind: "question",
    title: "Does stacking BLSTM layers help, at equal weights?",
    source: "the write-up timit-blstm-ctc, Open questions",
    states: "no",
    rows: corpusNames.flatMap((corpus) =>
      (["2 layers", "3 layers"] as const).map((network) => sooner(corpus, network))
    ),
  }, {
    kind: "question",
    title: "Does a pyramid of BLSTM layers, which halves time, help at equal weights?",
    source: "ours; the write-up asks of stacked layers",
    states: "mixed",
    rows: corpusNames.map((corpus) => sooner(corpus, "pyramid of 2")),
  }];
}
