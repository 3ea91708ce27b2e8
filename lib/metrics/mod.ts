export * from "./edit_distance.ts";
export * from "./label_error_rate.ts";
export * from "./nearest_mean.ts";
export * from "./time_stamp_error.ts";
export { averageBlankPosterior, framewiseCrossEntropy } from "./framewise.ts";
export * from "./alignment_statistics.ts";
