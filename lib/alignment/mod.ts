export * from "./topology.ts";
export * from "./emission.ts";
export * from "./ctc_topology.ts";
