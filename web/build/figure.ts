import { escapeHtml } from "lib/jupyter/format.ts";
import { followTheme } from "./dark.ts";
import type { Files } from "./files.ts";

/** A figure of a notebook, as it was committed. */
export interface FigureData {
  /** "04-1": the chapter's number and the figure's place in it. */
  readonly name: string;
  /** The SVG that the notebook holds. */
  readonly svg: string;
  /** The PNG beside it, in base64. */
  readonly png?: string;
  /** What it shows, for those who do not see it; defaults to the figure's own. */
  readonly text: string;
}

/** A part of a page, and the files that it needs. */
export interface Fragment {
  readonly html: string;
  readonly files: Files;
}

/** A figure inside its page, where it follows the theme, with its files to download. */
export function figure({ name, svg, png, text }: FigureData): Fragment {
  const number = Number(name.split("-")[1]);
  const own = /^<svg[^>]*\saria-label="([^"]*)"/.exec(svg)?.[1];
  const alt = own ?? escapeHtml(text);
  const width = Number(/^<svg[^>]*\swidth="([\d.]+)"/.exec(svg)?.[1] ?? 640);
  const kinds = [...(png === undefined ? [] : ["png"]), "svg"];
  const links = kinds.map((kind) =>
    `<a href="figures/${name}.${kind}" download aria-label="Figure ${number} as ` +
    `${kind.toUpperCase()}">${kind.toUpperCase()}</a>`
  );
  return {
    html: `<figure class="figure" id="figure-${number}">` +
      `<div class="scroll" tabindex="0" role="group" aria-label="Figure ${number}">` +
      `<div class="drawing" style="--width: ${width}px">${inlineSvg(svg, alt)}</div></div>` +
      `<figcaption><span class="says">${alt}</span> Figure ${number} <span class="downloads">${
        links.join(" ")
      }</span></figcaption>` +
      `</figure>`,
    files: {
      [`figures/${name}.svg`]: svg,
      ...(png === undefined ? {} : { [`figures/${name}.png`]: Uint8Array.fromBase64(png) }),
    },
  };
}

/** An SVG as part of a page: no style sheet and no size of its own, one text for all of it. */
export function inlineSvg(svg: string, alt: string): string {
  const bare = svg.replace(/<style[\s\S]*?<\/style>/g, "").replaceAll(/ aria-label="[^"]*"/g, "")
    .replaceAll(/ (?:style|class|xmlns|role|aria-hidden)="[^"]*"/g, "");
  return followTheme(bare).replace(/^<svg/, `<svg role="img" aria-label="${alt}"`);
}
