// In place of node:path: paths of a site, which begin nowhere.

/** The last part of a path. */
export const basename = (path: string): string => path.replace(/^.*\//, "");

/** What is before the last part of a path. */
export const dirname = (path: string): string =>
  path.includes("/") ? path.replace(/\/[^/]*$/, "") : ".";

/** One path of several parts. */
export const join = (...parts: string[]): string => parts.filter((part) => part !== "").join("/");

/** A site has no folder that it is run in. */
export const resolve: typeof join = join;
