// JavaScript, as TypeScript 6 cannot parse a source phase import.
// @ts-self-types="./resvg.d.ts"
// deno-lint-ignore no-import-prefix
import source wasm from "npm:@resvg/resvg-wasm@2.6.2/index_bg.wasm";

export { initWasm, Resvg } from "npm:@resvg/resvg-wasm@2.6.2";
export { wasm };
