/**
 * Balancing blank on speech (notebook 31): normalised gradients, a separated blank, and what blank
 * shift and prior do at alignment time, where labels are letters, phones or words.
 *
 * Source: the alignment paper, sections 3, 4, 7.2 and 7.3, Tables 3 and 4; appendix A.6, Table 14.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";
import { sweep } from "./sweep.ts";

export * from "./claims.ts";
export * from "./figures.ts";
export * from "./published.ts";
export * from "./results.ts";
export * from "./spoken_again.ts";
export * from "./sweep.ts";
export * from "./tables.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "31_balancing_blank_on_speech",
  sweeps: { "balancing-blank-on-speech": sweep },
  results,
  claims,
  figures,
};
