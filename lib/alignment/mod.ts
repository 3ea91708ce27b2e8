export * from "./topology.ts";
export * from "./emission.ts";
export * from "./ctc_topology.ts";
export * from "./hmm_topology.ts";
export * from "./spans.ts";
export * from "./viterbi.ts";
export * from "./paths.ts";
