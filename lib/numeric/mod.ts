export * from "./matrix.ts";
export * from "./checks.ts";
export * from "./room.ts";
export * from "./huge.ts";
export * from "./sequences.ts";
export * from "./random_state.ts";
export * from "./params.ts";
export * from "./workspace.ts";
