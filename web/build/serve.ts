import { bytesOf, type Files } from "./files.ts";
import { policy } from "./layout.ts";

/** The type of a file by its ending. */
const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  gif: "image/gif",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
  wasm: "application/wasm",
  wav: "audio/wav",
  woff2: "font/woff2",
};

/**
 * Answers requests with the files of the site, under any path that ends like theirs in `base`.
 *
 * @param files What the site holds now.
 * @param base The path under which the site lies; defaults to "/".
 */
export function answer(files: Files, request: Request, base = "/"): Response {
  const { pathname } = new URL(request.url);
  if (!["GET", "HEAD"].includes(request.method)) {
    return plain(405, "Only reading is possible here.");
  }
  if (!pathname.startsWith(base)) return plain(404, `The site is at ${base}.`);
  const path = decoded(pathname.slice(base.length)) || "index.html";
  if (!Object.hasOwn(files, path)) return plain(404, "There is no such page.");
  const type = types[path.replace(/^.*\./, "")] ?? "application/octet-stream";
  const body = request.method === "HEAD" ? null : bytesOf(files[path]);
  return new Response(body, { headers: { ...safe, "content-type": type } });
}

/** What every answer says: the policy of the pages, and that nothing is to be guessed or kept. */
const safe = {
  "content-security-policy": `${policy}; frame-ancestors 'none'`,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

function plain(status: number, text: string): Response {
  return new Response(text + "\n", {
    status,
    headers: { ...safe, "content-type": "text/plain; charset=utf-8" },
  });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // no file has such a name
  }
}
