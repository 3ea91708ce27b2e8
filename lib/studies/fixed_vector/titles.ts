import { palette } from "../../figures/mod.ts";
import type { Reader } from "./sweep.ts";

/** What a reader calls what stands on the encoder. */
export const titles = {
  "fixed vector": "fixed vector",
  additive: "additive attention",
  location: "location-aware attention",
  ctc: "CTC",
  transducer: "transducer",
} as const satisfies Readonly<Record<Reader, string>>;

/** Their colours, here and in notebook 26. */
export const colors: Readonly<Record<Reader, string>> = {
  "fixed vector": palette.rnn,
  additive: palette.lstm,
  location: palette.mlp,
  ctc: palette.blstm,
  transducer: palette.brnn,
};
