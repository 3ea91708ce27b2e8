export * from "./topology.ts";
export * from "./ctc_topology.ts";
