export * from "./system.ts";
export * from "./not_finite.ts";
export * from "./decode.ts";
export * from "./frame_criterion.ts";
export * from "./framewise.ts";
export { type GradientNormOptions, gradientNorms } from "./gradient_norms.ts";
export * from "./attention/mod.ts";
