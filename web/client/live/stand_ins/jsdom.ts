// In place of lib/figures/jsdom/deferred.js: figures are drawn in the document that is there.

/** Never asked for its parts. */
export const jsdom = {};
