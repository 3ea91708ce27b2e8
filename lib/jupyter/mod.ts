/**
 * What notebooks use: figures that show and move, tables, and the claim cell. In a notebook that
 * imports it, the stop button ends a training after its step. The runner behind
 * `deno task notebooks` is in `lib/jupyter/runner/` and not needed inside a notebook.
 *
 * @module
 */
export { play } from "./audio.ts";
export { claim, ClaimError, renderClaim } from "./claim.ts";
export { CLAIM_MIME } from "./claim_mime.ts";
export {
  $display,
  display,
  type Displayable,
  live,
  type MediaBundle,
  show,
  type Showable,
  toBundle,
} from "./display.ts";
export type { DisplayOptions } from "./front_end.ts";
export { table, type TableOptions } from "./table.ts";
export type { StopButton } from "../training/stoppable.ts";
export { type Interrupts, stopButton } from "./stop_button.ts";
