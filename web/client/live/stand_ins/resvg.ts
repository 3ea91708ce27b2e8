// In place of lib/figures/libraries/resvg.js: a page shows figures as they are, as SVG.
import { NeedsDenoError } from "../deno.ts";

/** Nothing, as nothing is rendered. */
export const wasm = undefined;

/** Says that there is no renderer. */
export function initWasm(): never {
  throw new NeedsDenoError("renderer of PNG files");
}

/** No renderer either. */
export const Resvg = initWasm;
