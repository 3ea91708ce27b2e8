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
 * Answers a request with a file of the site, or with its page for what is missing; text is compressed
 * as GitHub Pages does it.
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
  return Object.hasOwn(files, path)
    ? file(files, path, request)
    : file(files, "404.html", request, 404);
}

function file(files: Files, path: string, request: Request, status = 200): Response {
  const type = types[path.replace(/^.*\./, "")] ?? "application/octet-stream";
  const headers = { ...safe, "content-type": type };
  if (path.endsWith(".worker.js")) headers["content-security-policy"] = kernelPolicy;
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const body = bytesOf(files[path]);
  const packs = /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "") &&
    /^text|json|svg|wasm/.test(type);
  if (!packs) return new Response(body, { status, headers });
  return new Response(
    new Blob([body]).stream().pipeThrough(new CompressionStream("gzip")),
    { status, headers: { ...headers, "content-encoding": "gzip", vary: "accept-encoding" } },
  );
}

/** What every answer says: the policy of the pages, and that nothing is to be guessed or kept. */
const safe = {
  "content-security-policy": `${policy}; frame-ancestors 'none'`,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

/** A worker runs what the reader wrote in a cell: a module that it made itself. */
const kernelPolicy = policy.replace("script-src 'self'", "script-src 'self' blob:");

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
