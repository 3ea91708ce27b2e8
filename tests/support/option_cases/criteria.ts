import { all, type Case, type Change, evaluations, learning, phonemes, words } from "./case.ts";

const fullSum = (options: object): Change => ({ criterion: { kind: "full-sum", ...options } });
/** A full sum over an HMM. */
export const hmm = (transitions: object, transitionScale = 0.5) =>
  fullSum({ topology: "hmm", transitionScale, transitions });
/** Transitions of a topology. */
export const speech = { loop: 0.5, forward: 0.5 }, silence = { loop: 0.4, forward: 0.6 };
/** Weighed paths, in training and where alignments are measured. */
export const weighed = (transitions: object): Change => ({
  ...phonemes({ framesPerSilence: [2, 20] }),
  ...hmm(transitions, 3),
  ...evaluations({ alignment: { transitionScale: 3 } }),
});
const prior = (kind: string, options: object) =>
  fullSum({ prior: { kind, priorScale: 0.3, ...options } });
const balanced = (options: object) =>
  fullSum({ normalizedGradient: { minimum: 0.9, maximum: 1.1, ...options } });
/** Equal letters side by side: CTC alone needs a blank in between. */
export const twins = words({ words: ["aab"] });

/** Every option of a criterion on frames. */
export const criterionCases: Record<string, Case> = {
  "criterion.ctc.labelSmoothing": {
    change: { criterion: { kind: "ctc", labelSmoothing: 0.1 } },
    changes: learning,
  },
  "criterion.framewise.labelSmoothing": {
    base: { criterion: { kind: "framewise" } },
    change: { criterion: { kind: "framewise", labelSmoothing: 0.1 } },
    changes: learning,
  },
  "criterion.full-sum.labelSmoothing": {
    base: fullSum({}),
    change: fullSum({ labelSmoothing: 0.1 }),
    changes: learning,
  },
  "criterion.framewise.separatedBlank": {
    base: { criterion: { kind: "framewise" } },
    change: { criterion: { kind: "framewise", separatedBlank: true } },
    changes: all,
  },
  "criterion.full-sum.topology": {
    base: { ...twins, ...fullSum({ topology: "ctc" }) },
    change: fullSum({ topology: "hmm" }),
    changes: all,
  },
  "criterion.full-sum.posteriorScale": {
    base: fullSum({}),
    change: fullSum({ posteriorScale: 0.5 }),
    changes: learning,
  },
  "criterion.full-sum.prior.static.priorScale": {
    base: prior("static", {}),
    change: prior("static", { priorScale: 0.5 }),
    changes: learning,
  },
  "criterion.full-sum.prior.sequence.priorScale": {
    base: prior("sequence", {}),
    change: prior("sequence", { priorScale: 0.5 }),
    changes: learning,
  },
  "criterion.full-sum.prior.sequence.stopGradient": {
    base: prior("sequence", {}),
    change: prior("sequence", { stopGradient: false }),
    changes: ["gradient", "weights"],
  },
  "criterion.full-sum.prior.batch.priorScale": {
    base: prior("batch", {}),
    change: prior("batch", { priorScale: 0.5 }),
    changes: learning,
  },
  "criterion.full-sum.prior.batch.stopGradient": {
    base: prior("batch", {}),
    change: prior("batch", { stopGradient: false }),
    changes: ["gradient", "weights"],
  },
  "criterion.full-sum.transitionScale": {
    base: hmm({ speech, silence }, 0.5),
    change: hmm({ speech, silence }, 0.8),
    changes: learning,
  },
  "criterion.full-sum.transitions.speech.loop": {
    base: weighed({ speech, silence }),
    change: weighed({ speech: { ...speech, loop: 0.02 }, silence }),
    changes: all,
  },
  "criterion.full-sum.transitions.speech.forward": {
    base: weighed({ speech, silence }),
    change: weighed({ speech: { ...speech, forward: 0.001 }, silence }),
    changes: learning,
    either: ["evaluation"], // every path leaves every label as often
  },
  "criterion.full-sum.transitions.silence.loop": {
    base: weighed({ speech, silence }),
    change: weighed({ speech, silence: { ...silence, loop: 1 } }),
    changes: all,
  },
  "criterion.full-sum.transitions.silence.forward": {
    base: weighed({ speech, silence }),
    change: weighed({ speech, silence: { ...silence, forward: 0.001 } }),
    changes: all,
  },
  "criterion.full-sum.normalizedGradient.over": {
    base: balanced({}),
    change: balanced({ over: "sequence" }),
    changes: ["gradient", "weights"],
  },
  "criterion.full-sum.normalizedGradient.minimum": {
    base: balanced({}),
    change: balanced({ minimum: 0.3 }),
    changes: ["gradient", "weights"],
  },
  "criterion.full-sum.normalizedGradient.maximum": {
    base: balanced({}),
    change: balanced({ maximum: 2 }),
    changes: ["gradient", "weights"],
  },
  "criterion.full-sum.separatedBlank": {
    base: fullSum({}),
    change: fullSum({ separatedBlank: true }),
    changes: all,
  },
};
