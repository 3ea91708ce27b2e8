import { gradcheckScatter, palette } from "../../figures/mod.ts";
import type { Results } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "gradcheck": ({ reports: { blstm, lstm } }: Pick<Results, "reports">): SVGSVGElement =>
    gradcheckScatter([
      { name: "BLSTM", color: palette.blstm, report: blstm.complete },
      { name: "LSTM", color: palette.lstm, report: lstm.complete },
    ]),
};
