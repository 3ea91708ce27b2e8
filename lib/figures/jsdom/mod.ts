/**
 * jsdom, loaded without a permission. It brings along an HTTP client that reads a setting from the
 * environment while it loads; figures have no use for either, so it finds an empty environment.
 * Imports are evaluated in this order, one after the other.
 *
 * @module
 */
import "./hide_environment.ts";
import { JSDOM } from "../libraries/jsdom.ts";
import "./restore_environment.ts";

export { JSDOM };
