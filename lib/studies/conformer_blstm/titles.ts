import { palette } from "../../figures/mod.ts";
import type { ContenderName } from "./sweep.ts";

/** What a person calls the contenders. */
export const titles = {
  conformer: "Conformer",
  "blstm, equal steps": "BLSTM",
  "blstm, equal time": "BLSTM, as long",
} as const satisfies Readonly<Record<ContenderName, string>>;

/** Their colours. */
export const colors: Readonly<Record<ContenderName, string>> = {
  conformer: palette.ffnn,
  "blstm, equal steps": palette.blstm,
  "blstm, equal time": palette.blstm,
};
