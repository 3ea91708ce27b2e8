/**
 * What the studies on speech share: voices, and how a model hears them.
 *
 * @module
 */
export * from "./setup.ts";
export * from "./timed.ts";
