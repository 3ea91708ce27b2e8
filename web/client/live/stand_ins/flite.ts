// In place of lib/corpora/libraries/flite.js: no browser has source phase imports yet.
export {
  ConsoleStdout,
  File,
  OpenFile,
  PreopenDirectory,
  WASI,
} from "npm:@bjorn3/browser_wasi_shim@0.4.2";

const address = new URL("./flite.wasm", import.meta.url);
/** The whole flite command line, compiled and not yet instantiated. */
export const flite: WebAssembly.Module = await WebAssembly.compileStreaming(fetch(address));
