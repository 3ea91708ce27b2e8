/** The mime type under which a notebook carries its claim for `deno task notebooks --check`. */
export const CLAIM_MIME = "application/vnd.unsegmented.claim+json";
