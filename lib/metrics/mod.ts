export * from "./edit_distance.ts";
export * from "./label_error_rate.ts";
