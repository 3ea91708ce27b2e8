import { palette } from "../../figures/mod.ts";
import { colors as readerColors } from "../fixed_vector/mod.ts";
import type { SystemName } from "./sweep.ts";

/** What a person calls the systems. */
export const titles = {
  ctc: "CTC",
  transducer: "transducer",
  attention: "attention",
  hybrid: "hybrid",
} as const satisfies Readonly<Record<SystemName, string>>;

/** Their colours, as in notebooks 24 and 26. */
export const colors: Readonly<Record<SystemName, string>> = {
  ctc: readerColors.ctc,
  transducer: readerColors.transducer,
  attention: readerColors.location,
  hybrid: palette.ffnn,
};
