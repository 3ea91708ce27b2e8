/**
 * Phones from sound (notebook 29): CTC on sentences that a synthesiser speaks.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { sweep } from "./sweep.ts";

export * from "./sweep.ts";

/** The study, as tasks find it. */
export const study: Study<void> = {
  notebook: "29_phones_from_sound",
  sweeps: { "phones-from-sound": sweep },
  results: () => Promise.resolve(),
  claims: () => [],
  figures: {},
};
