import { escapeHtml } from "lib/jupyter/format.ts";

/**
 * What a page may load, and run: what the site itself serves, WebAssembly, and nothing written into
 * the page but the style of single elements.
 */
export const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
].join("; ");

/** A page: what stands in its head, and what is between the bar and the foot. */
export interface PageParts {
  /** The file of the page, "claims.html". */
  readonly path: string;
  readonly title: string;
  /** One sentence for search engines. */
  readonly description: string;
  /** Names of files in `web/client`, without their ending. */
  readonly scripts?: readonly string[];
  /** What its links to the site begin with; defaults to nothing, as all pages lie in one folder. */
  readonly home?: string;
  /** HTML. */
  readonly content: string;
}

/** Pages that the bar links, by their names there. */
const bar: Readonly<Record<string, string>> = {
  Contents: "contents.html",
  Claims: "claims.html",
  Explore: "explore.html",
  Glossary: "glossary.html",
};

/** The whole text of a page. */
export function renderPage(
  { path, title, description, scripts = [], home = "", content }: PageParts,
): string {
  const links = Object.entries(bar).map(([name, href]) =>
    `<li><a href="${home}${href}"${href === path ? ' aria-current="page"' : ""}>${name}</a></li>`
  ).join("");
  const whole = path === "index.html" ? title : `${title} · Unsegmented`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(whole)}</title>
<meta name="description" content="${escapeHtml(description)}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${home}assets/icon.svg">
<link rel="stylesheet" href="${home}assets/book.css">
<script src="${home}assets/theme.js"></script>
${
    scripts.map((name) => `<script type="module" src="${home}assets/${name}.js"></script>`).join(
      "\n",
    )
  }
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header class="bar">
<a class="brand" href="${home}index.html">Unsegmented</a>
<nav aria-label="The book"><ul>${links}</ul></nav>
<form class="find" role="search" action="${home}search.html"><label><span class="unseen">Search the book</span>
<input type="search" name="q" placeholder="Search" autocomplete="off"></label></form>
<button class="theme" type="button" hidden>Dark</button>
</header>
<main id="main" tabindex="-1">
${content}
</main>
<footer class="foot"><p>Unsegmented: Connectionist Temporal Classification, reproduced. MIT licence.</p></footer>
</body>
</html>
`;
}
