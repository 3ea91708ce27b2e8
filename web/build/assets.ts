import katexSheet from "katex/dist/katex.css" with { type: "text" };
import interSheet from "@fontsource-variable/inter/wght.css" with { type: "text" };
import serifSheet from "@fontsource-variable/source-serif-4/wght.css" with { type: "text" };
import serifItalicSheet from "@fontsource-variable/source-serif-4/wght-italic.css" with {
  type: "text",
};
import { palette } from "lib/figures/palette.ts";
import { bothOf } from "./dark.ts";
import type { Files } from "./files.ts";

/** Packages with fonts: their style sheet, where its addresses begin, and the family's name here. */
const packages = [
  { sheet: katexSheet, home: "katex/dist/katex.css" },
  { sheet: interSheet, home: "@fontsource-variable/inter/wght.css", family: "Inter" },
  {
    sheet: serifSheet + serifItalicSheet,
    home: "@fontsource-variable/source-serif-4/wght.css",
    family: "Source Serif",
  },
] as const;

/** The style sheet of all pages, with the fonts that it names. */
export async function styleFiles(root: URL): Promise<Files> {
  const parts = packages.map((entry) =>
    fontSheet(entry.sheet, "family" in entry ? entry.family : undefined)
  );
  const fonts: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const [n, { files }] of parts.entries()) {
    const home = import.meta.resolve(packages[n].home);
    for (const file of files) {
      fonts[`assets/fonts/${file.replace(/^.*\//, "")}`] = await Deno.readFile(new URL(file, home));
    }
  }
  const folder = new URL("web/style/", root);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  const own = await Promise.all(names.map((name) => Deno.readTextFile(new URL(name, folder))));
  const sheet = [...parts.map((part) => part.sheet), colors(), ...own].join("\n");
  return { "assets/book.css": sheet, "assets/icon.svg": icon, ...fonts };
}

/** The colours of the figures as the page's own, in both themes. */
function colors(): string {
  const lines = Object.entries(palette).map(([name, color]) => `  --${name}: ${bothOf(color)};`);
  return `:root {\n${lines.join("\n")}\n}`;
}

/** Letters that the book uses: a font's files for other scripts stay away. */
const SCRIPTS = /-(?:latin|latin-ext|greek)-wght-/;

/**
 * A package's style sheet as the site has it: its fonts as WOFF2 from `fonts/`, those of scripts that
 * the book does not use left out, the family named anew.
 *
 * @returns The sheet, and the files that it names, as the package does.
 */
export function fontSheet(sheet: string, family?: string): { sheet: string; files: string[] } {
  const files: string[] = [];
  const kept = sheet.replaceAll(/(?:\/\*[^*]*\*\/\s*)?@font-face\s*\{[^}]*\}/g, (face) => {
    const [, file] = /url\(([^)]+\.woff2)\)/.exec(face) ?? [];
    if (file === undefined || (family !== undefined && !SCRIPTS.test(file))) return "";
    files.push(file);
    const named = family === undefined
      ? face
      : face.replace(/font-family:[^;]+;/, `font-family: "${family}";`);
    return named.replace(/^\/\*[^*]*\*\/\s*/, "")
      .replace(/src:[^;}]+/, `src: url(fonts/${file.replace(/^.*\//, "")}) format("woff2")`);
  });
  return { sheet: kept, files };
}

/** The spikes of CTC, and blank between them. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">` +
  `<rect width="32" height="32" rx="6" fill="${palette.ink}"/>` +
  `<path d="M5 25H9L11 8L13 25H18L20 13L22 25H27" fill="none" stroke="${palette.paper}" ` +
  `stroke-width="2.4" stroke-linejoin="round"/></svg>\n`;
