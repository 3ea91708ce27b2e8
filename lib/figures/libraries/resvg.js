// JavaScript, as TypeScript 6 knows no `import source`.
// @ts-self-types="./resvg.d.ts"
import source wasm from "npm:@resvg/resvg-wasm@2.6.2/index_bg.wasm";

export { initWasm, Resvg } from "npm:@resvg/resvg-wasm@2.6.2";
export { wasm };
