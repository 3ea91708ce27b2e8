/**
 * From here on `Math` rounds as Deno's does: browsers' engines round exp, log, sin and cos otherwise in
 * some of a thousand cases, and a training has other bits after a step.
 *
 * @module
 */
import { cos, exp, expm1, log, log1p, log2, sin } from "./rounded.ts";

Object.assign(Math, { cos, exp, expm1, log, log1p, log2, sin });
