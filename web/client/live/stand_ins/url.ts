// In place of node:url.

/** The path of a file URL. */
export const fileURLToPath = (url: string | URL): string =>
  decodeURIComponent(new URL(url).pathname);
