export * from "./full_sum.ts";
export { fullSumBatchLoss, fullSumLoss } from "./full_sum_loss.ts";
export type * from "./full_sum_loss.ts";
export * from "./ctc_loss.ts";
export { ctcMinimumFrames } from "../alignment/mod.ts";
export { framewiseBatchLoss } from "./framewise.ts";
export type * from "./framewise.ts";
export * from "./output.ts";
export { separatedBlank } from "./separated_blank.ts";
export { separatedFramewise } from "./separated_framewise.ts";
export type * from "./separated_framewise.ts";
export { averageLogPosterior, logFrequencies } from "./prior.ts";
export type * from "./prior.ts";
export { gradientFactors } from "./normalized_gradient.ts";
export type * from "./normalized_gradient.ts";
export * from "./prefix_scores.ts";
export { transducerLoss } from "./transducer_loss.ts";
export type * from "./transducer_loss.ts";
export {
  addJointLoss,
  addLatticeGradient,
  transducerJointLoss,
  withStripes,
} from "./transducer_joint.ts";
export type * from "./transducer_joint.ts";
export { emptyLattice, latticePath, latticeSum } from "./transducer_lattice.ts";
export type * from "./transducer_lattice.ts";
