export * from "./full_sum.ts";
export * from "./ctc_loss.ts";
export { ctcMinimumFrames } from "../alignment/mod.ts";
