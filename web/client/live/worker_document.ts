import { parseHTML } from "linkedom/worker";

// A worker has no document: figures are drawn in this one, and shown as the text of an SVG.
const { document } = parseHTML("<!DOCTYPE html><html><body></body></html>");
Object.assign(globalThis, { document });
