import { type Form, number, type NumberForm, whole } from "../form/mod.ts";
import { largestScale, type TopologyKind } from "../systems/mod.ts";

/** A factor of scores, or a score. */
export const scale: NumberForm = number({ min: -largestScale, max: largestScale });
/** A scale of probabilities. */
export const power: NumberForm = number({ min: 0, max: largestScale });
/** A number of something that there must be. */
export const size: NumberForm = whole({ min: 1 });
/** Which paths spell a target. */
export const topologyForm: Form<TopologyKind> = { is: "choice", of: ["ctc", "hmm"] };
