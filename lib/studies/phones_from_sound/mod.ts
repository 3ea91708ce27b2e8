/**
 * Phones from sound (notebook 29): CTC on sentences that a synthesiser speaks.
 *
 * Source: Graves et al. 2006, "Connectionist temporal classification".
 *
 * @module
 */
import type { Study } from "../study.ts";
import { claims } from "./claims.ts";
import { figures } from "./figures.ts";
import { type Results, results } from "./results.ts";
import { sweep } from "./sweep.ts";

export * from "./claims.ts";
export * from "./confusions.ts";
export * from "./figures.ts";
export * from "./graves.ts";
export * from "./heard.ts";
export * from "./published.ts";
export * from "./results.ts";
export * from "./sweep.ts";
export * from "./tables.ts";

/** The study, as tasks find it. */
export const study: Study<Results> = {
  notebook: "29_phones_from_sound",
  sweeps: { "phones-from-sound": sweep },
  results,
  claims,
  figures,
};
