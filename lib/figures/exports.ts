import {
  compareWithPaper,
  type PaperTableName,
  readSweep,
  type RunStore,
  tinyGradcheck,
} from "../experiments/mod.ts";
import { phonemeCorpus } from "../corpora/mod.ts";
import { RandomState } from "../numeric/mod.ts";
import { streams } from "../training/mod.ts";
import { alignmentExports } from "./alignment_exports.ts";
import { fooBar } from "./automata.ts";
import { corpusSample } from "./corpus_sample.ts";
import { corpusSignatures } from "./corpus_signatures.ts";
import { decodingExports } from "./decoding_exports.ts";
import { gradcheckScatter } from "./gradcheck_scatter.ts";
import { movementExports } from "./movement_exports.ts";
import { paperComparison, paperHeadings } from "./paper_comparison.ts";
import { toPng } from "./png.ts";

type Export = (store: RunStore) => Promise<Uint8Array<ArrayBuffer>>;

/** The figures of the write-up, by the name of their file in `figures/`; the longest work first. */
export const writeUpFigures: Readonly<Record<string, Export>> = {
  "corpus-signatures.png": () => toPng(corpusSignatures(phonemeCorpus(0).signatures)),
  "corpus-sample.png": () =>
    toPng(corpusSample(phonemeCorpus(0).batch(new RandomState(streams.training), 3))),
  "gradcheck.png": () =>
    toPng(gradcheckScatter({
      blstm: tinyGradcheck("blstm").complete,
      lstm: tinyGradcheck("lstm").complete,
    })),
};

/** Every figure that is exported; the longest work first. */
export const exportedFigures: Readonly<Record<string, Export>> = {
  ...decodingExports,
  ...writeUpFigures,
  "automata.png": () => toPng(fooBar()),
  "table-10.png": (store) => paperFigure(store, "table-10"),
  "table-11.png": (store) => paperFigure(store, "table-11"),
  "table-12.png": (store) => paperFigure(store, "table-12"),
  "table-13.png": (store) => paperFigure(store, "table-13"),
  ...alignmentExports,
  ...movementExports,
};

async function paperFigure(store: RunStore, table: PaperTableName) {
  const rows = compareWithPaper(table, await readSweep(store, table));
  return await toPng(paperComparison(rows, paperHeadings[table]));
}
