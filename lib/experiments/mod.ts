export * from "./run.ts";
export * from "./pool.ts";
export * from "./store.ts";
export * from "./write_up.ts";
export * from "../training/mod.ts";
