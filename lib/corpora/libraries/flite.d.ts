export {
  ConsoleStdout,
  File,
  OpenFile,
  PreopenDirectory,
  WASI,
} from "npm:@bjorn3/browser_wasi_shim@0.4.2";
/** The whole flite command line, compiled and not yet instantiated. */
export const flite: WebAssembly.Module;
