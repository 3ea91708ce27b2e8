import { ctcAlignment } from "../../figures/mod.ts";
import { drawn } from "../write_up/figures.ts";
import { headlineExperiment, kinds } from "../write_up/sweep.ts";
import { alignmentGif } from "./gif.ts";
import type { Results } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "ctc-alignment.gif": ({ curves }: Pick<Results, "curves">): Promise<Uint8Array<ArrayBuffer>> =>
    alignmentGif(
      headlineExperiment("blstm", 0),
      kinds.map((kind) => ({ ...drawn[kind], rows: curves[kind] })),
    ),
  "ctc-alignment": ({ sequence }: Pick<Results, "sequence">): SVGSVGElement =>
    ctcAlignment(sequence),
};
