export * from "./dispatch.ts";
