/**
 * Grids of blank shifts and prior scales at alignment time, which two studies have.
 *
 * @module
 */
export * from "./cells.ts";
