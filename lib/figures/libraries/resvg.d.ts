export { initWasm, Resvg } from "npm:@resvg/resvg-wasm@2.6.2";
/** The compiled library, not yet instantiated. */
export const wasm: WebAssembly.Module;
