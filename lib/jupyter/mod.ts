/**
 * What notebooks use: figures that show and move, tables, and the claim cell. The runner behind
 * `deno task notebooks` is in `lib/jupyter/runner/` and not needed inside a notebook.
 *
 * @module
 */
export { claim, CLAIM_MIME, ClaimError, renderClaim } from "./claim.ts";
export { type Claim, type ClaimRow, type ClaimSpec, judgeClaim, type Verdict } from "./judge.ts";
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
export { table, type TableOptions } from "./table.ts";
