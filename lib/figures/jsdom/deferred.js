// JavaScript, as bundlers cannot parse a deferred import.
// @ts-self-types="./deferred.d.ts"
import defer * as jsdom from "./mod.ts";

export { jsdom };
