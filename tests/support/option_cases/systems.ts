import type { Experiment } from "lib/training/mod.ts";
import { all, type Case, type Change, learning, type Part, unmeasured } from "./case.ts";

/** A transducer of few units; it has no posterior of frames to measure. */
const transducer = (options: object): Change => ({
  criterion: {
    kind: "transducer",
    prediction: { kind: "lstm", hidden: 3 },
    joint: 4,
    ...options,
  } as Experiment["criterion"],
  ...unmeasured,
});
/** Every option of a transducer. */
export const transducerCases: Record<string, Case> = {
  "criterion.transducer.joint": {
    base: transducer({}),
    change: transducer({ joint: 5 }),
    changes: all,
  },
  "criterion.transducer.labelsPerFrame": {
    base: transducer({}),
    change: transducer({ labelsPerFrame: 1 }),
    changes: ["evaluation"],
  },
  ...Object.fromEntries(["lstm", "gru"].flatMap((kind): [string, Case][] => [
    [`criterion.transducer.prediction.${kind}.hidden`, {
      base: transducer({ prediction: { kind, hidden: 3, embedding: 3 } }),
      change: transducer({ prediction: { kind, hidden: 4, embedding: 3 } }),
      changes: all,
    }],
    [`criterion.transducer.prediction.${kind}.embedding`, {
      base: transducer({ prediction: { kind, hidden: 3 } }),
      change: transducer({ prediction: { kind, hidden: 3, embedding: 4 } }),
      changes: all,
    }],
  ])),
};

/** An attention encoder–decoder of few cells; it has no posterior of frames to measure. */
const attention = (options: object): Change => ({
  criterion: {
    kind: "attention",
    hidden: 3,
    attention: { kind: "additive", width: 2 },
    ...options,
  } as Experiment["criterion"],
  ...unmeasured,
});
const attentionCase = (from: object, to: object, changes: readonly Part[] = all): Case => ({
  base: attention(from),
  change: attention(to),
  changes,
});
const listens = (from: object, to: object) => attentionCase({ attention: from }, { attention: to });
/** Every option of an attention encoder–decoder. */
export const attentionCases: Record<string, Case> = {
  "criterion.attention.hidden": attentionCase({ embedding: 3 }, { embedding: 3, hidden: 4 }),
  "criterion.attention.embedding": attentionCase({}, { embedding: 4 }),
  "criterion.attention.labelSmoothing": attentionCase({}, { labelSmoothing: 0.2 }, learning),
  "criterion.attention.scheduledSampling": attentionCase({}, { scheduledSampling: 0.9 }, learning),
  "criterion.attention.ctcWeight": attentionCase({}, { ctcWeight: 0.4 }),
  ...Object.fromEntries(["additive", "dot"].map((kind): [string, Case] => [
    `criterion.attention.attention.${kind}.width`,
    listens({ kind, width: 2 }, { kind, width: 3 }),
  ])),
  "criterion.attention.attention.location.width": listens(
    { kind: "location", width: 2, reach: 1 },
    { kind: "location", width: 3, reach: 1 },
  ),
  "criterion.attention.attention.location.reach": {
    ...listens(
      { kind: "location", width: 2, reach: 1 },
      { kind: "location", width: 2, reach: 2 },
    ),
    changes: learning,
    either: ["evaluation"], // a count of errors
  },
};
