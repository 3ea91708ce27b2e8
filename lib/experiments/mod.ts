export * from "./run.ts";
export * from "./pool.ts";
export * from "./store.ts";
export * from "./write_up.ts";
export * from "../training/mod.ts";
export * from "./table.ts";
export * from "./write_up_tables.ts";
export * from "./tiny_gradcheck.ts";
