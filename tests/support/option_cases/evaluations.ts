import { type Case, evaluations, voices } from "./case.ts";
import { hmm, silence, speech, twins, weighed } from "./criteria.ts";

/** Voices, with one way to time them and another. */
const timed = (to: object, from = {}): Case => ({
  base: { ...voices({}), ...evaluations({ timing: { at: [from] } }) },
  change: evaluations({ timing: { at: [to] } }),
  changes: ["evaluation"],
});
/** Voices, with one way to time them by gradients and another. */
const byGradients = (to: object, from: object = { method: "grad-score" }): Case => ({
  base: { ...voices({}), ...evaluations({ timing: { gradients: [from] } }) },
  change: evaluations({ timing: { gradients: [to] } }),
  changes: ["evaluation"],
});
/** One way to align and another. */
const aligned = (to: object, from = {}, base = {}): Case => ({
  base: { ...base, ...evaluations({ alignments: [from] }) },
  change: evaluations({ alignments: [to] }),
  changes: ["evaluation"],
});
const counted = (errors: object): Case => ({
  base: evaluations({ errors: {} }),
  change: evaluations({ errors }),
  changes: ["evaluation"],
});

/** Every option of a grid of evaluations. */
export const evaluationCases: Record<string, Case> = {
  "evaluations.every": { change: evaluations({ every: 3 }), changes: ["rows"] },
  "evaluations.sequences": { change: evaluations({ sequences: 6 }), changes: ["evaluation"] },
  "evaluations.stream": { change: evaluations({ stream: 1 }), changes: ["evaluation"] },
  "evaluations.alignment.topology": {
    base: twins,
    change: evaluations({ alignment: { topology: "hmm" } }),
    changes: ["evaluation"],
  },
  "evaluations.alignment.blankShift": {
    change: evaluations({ alignment: { blankShift: -2 } }),
    changes: ["evaluation"],
  },
  "evaluations.alignment.priorScale": {
    change: evaluations({ alignment: { priorScale: 1 } }),
    changes: ["evaluation"],
  },
  "evaluations.alignment.posteriorScale": {
    base: evaluations({ alignment: { priorScale: 1 } }),
    change: evaluations({ alignment: { priorScale: 1, posteriorScale: 0.5 } }),
    changes: ["evaluation"],
  },
  "evaluations.alignment.transitionScale": {
    base: weighed({ speech, silence }),
    change: evaluations({ alignment: { transitionScale: 0 } }),
    changes: ["evaluation"],
  },
  "evaluations.alignments.topology": aligned({ topology: "hmm" }, {}, twins),
  "evaluations.alignments.blankShift": aligned({ blankShift: -2 }),
  "evaluations.alignments.priorScale": aligned({ priorScale: 1 }),
  "evaluations.alignments.posteriorScale": aligned(
    { priorScale: 1, posteriorScale: 0.5 },
    { priorScale: 1 },
  ),
  "evaluations.alignments.transitionScale": aligned(
    { transitionScale: 3 },
    {},
    weighed({ speech, silence }),
  ),
  "evaluations.frames.places": {
    change: evaluations({ frames: { places: 3 } }),
    changes: ["evaluation"],
  },
  "evaluations.split": {
    base: voices({}),
    change: evaluations({ split: "test" }),
    changes: ["evaluation"],
  },
  "evaluations.timing.at.topology": timed({ topology: "hmm" }),
  "evaluations.timing.at.blankShift": timed({ blankShift: -4 }),
  "evaluations.timing.at.priorScale": timed({ priorScale: 1 }),
  "evaluations.timing.at.posteriorScale": timed(
    { priorScale: 1, posteriorScale: 0.2 },
    { priorScale: 1 },
  ),
  "evaluations.timing.at.transitionScale": {
    base: { ...voices({}), ...hmm({ speech, silence }), ...evaluations({ timing: { at: [{}] } }) },
    change: evaluations({ timing: { at: [{ transitionScale: 30 }] } }),
    changes: ["evaluation"],
  },
  "evaluations.timing.gradients.method": byGradients({ method: "grad-score-ext" }),
  "evaluations.timing.gradients.p": byGradients({ method: "grad-score", p: 4 }),
  "evaluations.timing.gradients.maskBlank": byGradients({ method: "grad-score", maskBlank: false }),
  "evaluations.timing.gradients.priorScale": byGradients({ method: "grad-score", priorScale: 3 }),
  "evaluations.timing.gradients.blankScore": byGradients({ method: "grad-score", blankScore: -1 }),
  "evaluations.timing.gradients.percentile": byGradients(
    { method: "grad-score-ext", percentile: 10 },
    { method: "grad-score-ext" },
  ),
  "evaluations.errors.separator": counted({ separator: "1" }),
  "evaluations.errors.fold.from": counted({ fold: [{ from: "2", to: "1" }] }),
  "evaluations.errors.fold.to": {
    base: evaluations({ errors: { fold: [{ from: "2", to: "1" }] } }),
    change: evaluations({ errors: { fold: [{ from: "2", to: "3" }] } }),
    changes: ["evaluation"],
  },
  "evaluations.errors.decoders.beam.width": {
    base: evaluations({ errors: { decoders: [{ kind: "beam", width: 1 }] } }),
    change: evaluations({ errors: { decoders: [{ kind: "beam", width: 9 }] } }),
    changes: ["evaluation"],
  },
  "evaluations.blanks": { change: evaluations({ blanks: false }), changes: ["evaluation"] },
};
